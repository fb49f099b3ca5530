using System.Numerics;

namespace GraphRisk.Scoring.Models;

/// <summary>Sums and products over columns of equal length, several numbers at a time.</summary>
internal static class RowVectors
{
    internal static double Dot(double[] a, double[] b)
    {
        var sum = Vector<double>.Zero;
        var i = 0;
        for (; i <= a.Length - Vector<double>.Count; i += Vector<double>.Count) sum += new Vector<double>(a, i) * new Vector<double>(b, i);
        var total = Vector.Sum(sum);
        for (; i < a.Length; i++) total += a[i] * b[i];
        return total;
    }

    internal static double WeightedSquare(double[] weights, double[] a)
    {
        var sum = Vector<double>.Zero;
        var i = 0;
        for (; i <= a.Length - Vector<double>.Count; i += Vector<double>.Count)
            sum += new Vector<double>(weights, i) * new Vector<double>(a, i) * new Vector<double>(a, i);
        var total = Vector.Sum(sum);
        for (; i < a.Length; i++) total += weights[i] * a[i] * a[i];
        return total;
    }

    /// <summary>to += times x from.</summary>
    internal static void Add(Span<double> to, ReadOnlySpan<double> from, double times)
    {
        var i = 0;
        for (; i <= to.Length - Vector<double>.Count; i += Vector<double>.Count)
            (new Vector<double>(to[i..]) + new Vector<double>(from[i..]) * times).CopyTo(to[i..]);
        for (; i < to.Length; i++) to[i] += times * from[i];
    }

    /// <summary>to += times x a x b, number by number.</summary>
    internal static void AddProduct(double[] to, double[] a, double[] b, double times)
    {
        var i = 0;
        for (; i <= to.Length - Vector<double>.Count; i += Vector<double>.Count)
            (new Vector<double>(to, i) + new Vector<double>(a, i) * new Vector<double>(b, i) * times).CopyTo(to, i);
        for (; i < to.Length; i++) to[i] += times * a[i] * b[i];
    }
}
