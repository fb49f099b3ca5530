using System.Collections.Immutable;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Intake.Resolution.Ledger;

/// <summary>Whether two records are one party, as the schema's enumeration of the same name.</summary>
public enum Verdict
{
    Match,
    NoMatch,
    Undecided,
}

/// <summary>A judgement on two party records, as the ledger keeps it.</summary>
/// <param name="Left">The record whose id comes first.</param>
/// <param name="Right">The other record.</param>
/// <param name="Verdict">What was judged.</param>
/// <param name="Score">Probability that they are one, 0 to 1; null of a person's judgement.</param>
/// <param name="Judge">Rule and version, model and version, or person.</param>
/// <param name="Reasons">One reason a line.</param>
/// <param name="ByPerson">A person judged. Rules are silent on a pair a person has judged.</param>
public sealed record Judgement(
    NodeId Left, NodeId Right, Verdict Verdict, decimal? Score, string Judge, ImmutableArray<string> Reasons, bool ByPerson)
{
    /// <summary>The odds that the two are one, base-two logarithm; null of a person's judgement.</summary>
    public decimal? Bits { get; init; }

    private const string SetAsideMark = "set aside: ";

    /// <summary>A match of the rules that does not count because it would join what must stay apart.</summary>
    public bool IsSetAside =>
        !ByPerson && Verdict == Verdict.Undecided && Reasons is [var first, ..] && first.StartsWith(SetAsideMark, StringComparison.Ordinal);

    /// <summary>A match of the rules, whether it counts or is set aside.</summary>
    public bool IsMatchOfRules => !ByPerson && (Verdict == Verdict.Match || IsSetAside);

    /// <summary>The match set aside for a reason; it goes to review and joins nothing.</summary>
    public Judgement SetAside(string reason) =>
        Restored() with { Verdict = Verdict.Undecided, Reasons = [SetAsideMark + reason, .. Restored().Reasons] };

    /// <summary>The match as it was before it was set aside.</summary>
    public Judgement Restored() => IsSetAside ? this with { Verdict = Verdict.Match, Reasons = Reasons[1..] } : this;

    /// <summary>Whether the other judgement says the same for the same reasons.</summary>
    public bool SaysSameAs(Judgement other) =>
        Left == other.Left && Right == other.Right && Verdict == other.Verdict && Score == other.Score && Bits == other.Bits && Judge == other.Judge
        && ByPerson == other.ByPerson && Reasons.AsSpan().SequenceEqual(other.Reasons.AsSpan());
}
