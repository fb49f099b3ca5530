using System.Numerics;

namespace GraphRisk.Graph.Algorithms.Linear;

/// <summary>A fraction of whole numbers of any size, in lowest terms, the denominator above 0. The default value is not one; use <see cref="Zero"/>.</summary>
internal readonly struct Rational : IEquatable<Rational>, IComparable<Rational>
{
    // A quotient cut to so many bits has those of a double to spare.
    private const int Bits = 64;

    private readonly BigInteger numerator;
    private readonly BigInteger denominator;

    private Rational(BigInteger numerator, BigInteger denominator)
    {
        var common = BigInteger.GreatestCommonDivisor(numerator, denominator);
        if (denominator.Sign < 0) common = -common;
        (this.numerator, this.denominator) = common.IsOne ? (numerator, denominator) : (numerator / common, denominator / common);
    }

    public static Rational Zero { get; } = new(BigInteger.Zero, BigInteger.One);

    public static Rational One { get; } = new(BigInteger.One, BigInteger.One);

    /// <summary>-1, 0 or 1.</summary>
    public int Sign => numerator.Sign;

    /// <summary>Bits of both numbers: what computing with it costs.</summary>
    public long Size => numerator.GetBitLength() + denominator.GetBitLength();

    /// <summary>A decimal as it stands.</summary>
    public static Rational Of(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var whole = ((new BigInteger((uint)bits[2]) << 64) | (new BigInteger((uint)bits[1]) << 32)) | (uint)bits[0];
        return new Rational(bits[3] < 0 ? -whole : whole, BigInteger.Pow(10, (bits[3] >> 16) & 0x7F));
    }

    public static Rational operator +(Rational left, Rational right) =>
        new((left.numerator * right.denominator) + (right.numerator * left.denominator), left.denominator * right.denominator);

    public static Rational operator -(Rational left, Rational right) =>
        new((left.numerator * right.denominator) - (right.numerator * left.denominator), left.denominator * right.denominator);

    public static Rational operator *(Rational left, Rational right) => new(left.numerator * right.numerator, left.denominator * right.denominator);

    public static Rational operator /(Rational left, Rational right) => new(left.numerator * right.denominator, left.denominator * right.numerator);

    public int CompareTo(Rational other) => (numerator * other.denominator).CompareTo(other.numerator * denominator);

    public bool Equals(Rational other) => numerator == other.numerator && denominator == other.denominator;

    public override bool Equals(object? obj) => obj is Rational other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(numerator, denominator);

    /// <summary>The nearest double, to its last bit.</summary>
    public double ToDouble()
    {
        var shift = Bits - (int)(numerator.GetBitLength() - denominator.GetBitLength());
        var quotient = shift >= 0 ? (numerator << shift) / denominator : numerator / (denominator << -shift);
        return Math.ScaleB((double)quotient, -shift);
    }
}
