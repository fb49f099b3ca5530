namespace GraphRisk.Matching.Comparison;

/// <summary>
/// Compares two records: a level for each comparison, packed into a pattern of four bits each, and the values the levels rest on.
/// Levels of value pairs are remembered in a table of fixed size for each comparison, where a newer pair takes an older one's place.
/// One for each thread.
/// </summary>
internal sealed class PairComparer(ComparisonPlan plan)
{
    private const int MemoBits = 14, MemoBitsOfCostly = 18;

    private readonly ulong[][] remembered = [.. plan.Comparisons.Select(comparison => IsRemembered(comparison) ? new ulong[1 << BitsOf(comparison)] : [])];
    private readonly byte[][] answers = [.. plan.Comparisons.Select(comparison => IsRemembered(comparison) ? new byte[1 << BitsOf(comparison)] : [])];

    /// <summary>Levels of the pair compared last.</summary>
    public byte[] Levels { get; } = new byte[ComparisonPlan.Most];

    /// <summary>The pattern of the pair compared last.</summary>
    public ulong Pattern { get; private set; }

    /// <summary>The records compared last.</summary>
    public (int Left, int Right) Records { get; private set; }

    /// <summary>Values of the first record the levels rest on, -1 where there is none.</summary>
    public int[] LeftValues { get; } = new int[ComparisonPlan.Most];

    /// <summary>Values of the second record.</summary>
    public int[] RightValues { get; } = new int[ComparisonPlan.Most];

    /// <summary>Compares two records; the pattern of their levels.</summary>
    public ulong Compare(int left, int right)
    {
        Records = (left, right);
        var from = plan.Rows.Of(left);
        var to = plan.Rows.Of(right);
        for (var i = 0; i < from.Length; i++)
        {
            var (a, b) = (from[i], to[i]);
            if (a == ValueRows.Several || b == ValueRows.Several)
            {
                CompareSeveral(i, left, right);
                continue;
            }

            (LeftValues[i], RightValues[i]) = (a, b);
            Levels[i] = a < 0 || b < 0 ? (byte)0 : a == b ? plan.Comparisons[i].Bands[a] : LevelOf(i, a, b);
        }

        foreach (var exchange in plan.Exchanges) Settle(exchange);
        var pattern = 0ul;
        for (var i = 0; i < from.Length; i++) pattern |= (ulong)Levels[i] << (4 * i);
        return Pattern = pattern;
    }

    private void CompareSeveral(int comparison, int left, int right)
    {
        var (level, bestLeft, bestRight) = (int.MaxValue, -1, -1);
        var attribute = plan.Comparisons[comparison].Attribute;
        foreach (var a in attribute.Of(left))
            foreach (var b in attribute.Of(right))
            {
                var each = a == b ? plan.Comparisons[comparison].Bands[a] : LevelOf(comparison, a, b);
                if (each > level || (each == level && !IsRarer(comparison, a, b, bestLeft, bestRight))) continue;
                (level, bestLeft, bestRight) = (each, a, b);
            }

        (LeftValues[comparison], RightValues[comparison]) = (bestLeft, bestRight);
        Levels[comparison] = level == int.MaxValue ? (byte)0 : (byte)level;
    }

    private bool IsRarer(int comparison, int left, int right, int bestLeft, int bestRight)
    {
        var rarities = plan.Comparisons[comparison].Rarities;
        return Math.Min(rarities[left], rarities[right]) > Math.Min(rarities[bestLeft], rarities[bestRight]);
    }

    private byte LevelOf(int comparison, int left, int right)
    {
        var judge = plan.Comparisons[comparison];
        if (!IsRemembered(judge)) return (byte)judge.Judge(left, right);
        var key = left < right ? ((ulong)(uint)left << 32) | (uint)right : ((ulong)(uint)right << 32) | (uint)left;
        var slot = (int)((key * 0x9E3779B97F4A7C15) >> (64 - BitsOf(judge)));
        if (remembered[comparison][slot] == key) return answers[comparison][slot];
        remembered[comparison][slot] = key;
        return answers[comparison][slot] = (byte)judge.Judge(left, right);
    }

    private static bool IsRemembered(AttributeComparison comparison) => !comparison.IsPlain && !comparison.IsKept;

    private static int BitsOf(AttributeComparison comparison) => comparison.IsCostly ? MemoBitsOfCostly : MemoBits;

    /// <summary>Values of two columns exchanged: one of them letter by letter, the other nearly.</summary>
    private void Settle(Exchange exchange)
    {
        var (i, j) = (exchange.First, exchange.Second);
        if (Levels[i] < AttributeComparison.FirstDifferent || Levels[j] < AttributeComparison.FirstDifferent) return;
        var (first, second) = (plan.Comparisons[i], plan.Comparisons[j]);
        if (Levels[i] == first.Exchanged || Levels[j] == second.Exchanged) return;
        var forth = exchange.Across[LeftValues[i]] == RightValues[j];
        var back = exchange.Across[RightValues[i]] == LeftValues[j];
        if (!forth && !back) return;
        if (!forth && !IsNear(first, LeftValues[i], second, RightValues[j])) return;
        if (!back && !IsNear(first, RightValues[i], second, LeftValues[j])) return;
        (Levels[i], Levels[j]) = ((byte)first.Exchanged, 0);
    }

    private static bool IsNear(AttributeComparison first, int value, AttributeComparison second, int other) =>
        EditDistance.Of(first.Attribute.Texts[value], second.Attribute.Texts[other]) <= 2;
}
