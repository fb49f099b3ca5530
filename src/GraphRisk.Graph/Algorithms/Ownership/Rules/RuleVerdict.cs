using System.Collections.Immutable;

namespace GraphRisk.Graph.Algorithms.Ownership.Rules;

/// <summary>Whether a limb holds, whatever the ranges and the shares nobody states turn out to be.</summary>
public enum RuleHolding
{
    /// <summary>However they turn out, it does not.</summary>
    No,

    /// <summary>Some turn of them makes it hold, or the law leaves it to a judgement.</summary>
    Possible,

    /// <summary>However they turn out, it does.</summary>
    Certain,
}

/// <summary>A part as far as it is known.</summary>
/// <param name="Lower">It is at least this.</param>
/// <param name="Stated">What is stated, or the best reading of the bounds.</param>
/// <param name="Upper">It is at most this; null where nothing bounds it.</param>
/// <param name="LowerOpen">It is more than its lower end, where that was measured.</param>
/// <param name="UpperOpen">It is less than its upper end, where that was measured.</param>
public sealed record PartFigure(decimal Lower, decimal Stated, decimal? Upper, bool LowerOpen = false, bool UpperOpen = false)
{
    /// <summary>Whether the part, read at one end, reaches a limit; what nothing bounds reaches any.</summary>
    public bool Reaches(decimal limit, ThresholdOperator comparison, ShareBound bound) => bound switch
    {
        ShareBound.Lower => LegalThreshold.Reaches(Lower, limit, comparison, bound, LowerOpen),
        ShareBound.Upper => Upper is not { } most || LegalThreshold.Reaches(most, limit, comparison, bound, UpperOpen),
        _ => LegalThreshold.Reaches(Stated, limit, comparison),
    };
}

/// <summary>What one limb says of one holder and one company.</summary>
/// <param name="Holders">Nodes of the holder, or of those who are one together, ascending.</param>
/// <param name="Agreement">Node of the agreement that makes them one; -1 where there is none.</param>
/// <param name="Company">Node of the company, or of the other party.</param>
/// <param name="Holds">Whether it holds.</param>
/// <param name="Figure">What was measured; null where the limb measures nothing.</param>
/// <param name="Via">Node of the party between, -1 where there is none.</param>
public sealed record LimbFinding(ImmutableArray<int> Holders, int Agreement, int Company, RuleHolding Holds, PartFigure? Figure, int Via)
{
    /// <summary>One holder alone.</summary>
    public static LimbFinding Of(int holder, int company, RuleHolding holds, PartFigure? figure = null, int via = -1) => new([holder], -1, company, holds, figure, via);

    /// <summary>The holder, where it is one alone; -1 else.</summary>
    public int Alone => Agreement < 0 && Holders.Length == 1 ? Holders[0] : -1;
}

/// <summary>A verdict: what was found with the limb that says so.</summary>
/// <param name="Limb">The limb.</param>
/// <param name="Finding">What it says.</param>
/// <param name="CannotKnow">What could not be known.</param>
/// <param name="Asked">Node of whom it is said: whom the rule was asked of; of a whole register the finding's company, or the company whose investors the rule looks between.</param>
public sealed record RuleVerdict(RuleLimb Limb, LimbFinding Finding, ImmutableArray<string> CannotKnow, int Asked)
{
    /// <summary>How many steps of the limb the stated figure has come to; null where it has none.</summary>
    public int? Steps => Limb.Step > 0 && Finding.Figure is { } figure ? (int)decimal.Floor(figure.Stated / Limb.Step) : null;
}

/// <summary>An answer by a rule.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Version">The wording that was applied.</param>
/// <param name="Applies">Whether the wording is in force on the day asked about; one that is still to come is applied all the same.</param>
/// <param name="Verdicts">By whom they are said of, company, limb and holder; what does not hold is not among them.</param>
/// <param name="Findings">What is wrong with the statements.</param>
public sealed record RuleAnswer(OwnershipRule Rule, RuleVersion Version, bool Applies, ImmutableArray<RuleVerdict> Verdicts, ImmutableArray<OwnershipFinding> Findings);
