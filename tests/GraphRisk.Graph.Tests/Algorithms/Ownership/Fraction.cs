using System.Numerics;

namespace GraphRisk.Graph.Tests.Algorithms.Ownership;

/// <summary>A fraction of whole numbers as it comes, not in lowest terms, the denominator above 0: for oracles that never round.</summary>
internal readonly record struct Fraction(BigInteger Top, BigInteger Bottom)
{
    public static Fraction Zero { get; } = new(0, 1);

    public static Fraction One { get; } = new(1, 1);

    /// <summary>A decimal as it stands: 10 to the 28th times it is whole.</summary>
    public static Fraction Of(decimal value)
    {
        var scale = 0;
        for (; scale < 28 && value != decimal.Truncate(value); scale++) value *= 10;
        return new Fraction(new BigInteger(value), BigInteger.Pow(10, scale));
    }

    public static Fraction operator +(Fraction left, Fraction right) => left.Bottom == right.Bottom
        ? new Fraction(left.Top + right.Top, left.Bottom)
        : new Fraction((left.Top * right.Bottom) + (right.Top * left.Bottom), left.Bottom * right.Bottom);

    public static Fraction operator -(Fraction left, Fraction right) => left + new Fraction(-right.Top, right.Bottom);

    public static Fraction operator *(Fraction left, Fraction right) => new(left.Top * right.Top, left.Bottom * right.Bottom);

    public static Fraction operator /(Fraction left, Fraction right) =>
        right.Top.Sign < 0 ? new(-left.Top * right.Bottom, left.Bottom * -right.Top) : new(left.Top * right.Bottom, left.Bottom * right.Top);

    public int CompareTo(Fraction other) => (Top * other.Bottom).CompareTo(other.Top * Bottom);

    /// <summary>To twenty digits, whatever its size.</summary>
    public double ToDouble()
    {
        var shift = 80 - (int)(BigInteger.Abs(Top).GetBitLength() - Bottom.GetBitLength());
        return Math.ScaleB((double)(shift >= 0 ? (Top << shift) / Bottom : Top / (Bottom << -shift)), -shift);
    }
}
