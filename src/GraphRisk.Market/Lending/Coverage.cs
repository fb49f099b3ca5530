namespace GraphRisk.Market.Lending;

/// <summary>
/// What stands behind a debt. The ratio of the two is compared with lines by multiplication, never by a rounded quotient,
/// so a client exactly on a line is on it.
/// </summary>
/// <param name="Assets">What secures the debt.</param>
/// <param name="Debt">What is owed, not negative.</param>
public readonly record struct Coverage(decimal Assets, decimal Debt)
{
    /// <summary>Whether anything is owed. Without liability there is no ratio, and no line is touched.</summary>
    public bool HasLiability => Debt > 0;

    /// <summary>Assets to debt, 1 = 100%; null without liability.</summary>
    public decimal? Ratio => HasLiability ? Assets / Debt : null;

    /// <summary>Whether the ratio is at or below a line; never without liability.</summary>
    public bool IsAtOrBelow(decimal line) => HasLiability && Assets <= line * Debt;

    /// <summary>Whether the ratio is above a line; always without liability.</summary>
    public bool IsAbove(decimal line) => !IsAtOrBelow(line);

    /// <summary>What has to be added to the assets to stand at a line; 0 where it is reached.</summary>
    public decimal TopUpTo(decimal line) => HasLiability ? Math.Max(0, line * Debt - Assets) : 0;

    /// <summary>
    /// What of the debt has to be repaid out of the assets to stand at a line above 1: (line x debt - assets) / (line - 1).
    /// 0 where it is reached; more than the assets where they do not suffice.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The line is not above 1.</exception>
    public decimal RepayTo(decimal line)
    {
        if (line <= 1) throw new ArgumentOutOfRangeException(nameof(line), line, "Repaying out of the assets moves the ratio away from 1 only towards lines above 1.");
        return HasLiability ? Math.Max(0, (line * Debt - Assets) / (line - 1)) : 0;
    }

    /// <summary>The coverage of two debts together.</summary>
    public static Coverage operator +(Coverage left, Coverage right) => new(left.Assets + right.Assets, left.Debt + right.Debt);

    public override string ToString() => Ratio is { } ratio
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{ratio * 100:0.00}%")
        : "no liability";
}
