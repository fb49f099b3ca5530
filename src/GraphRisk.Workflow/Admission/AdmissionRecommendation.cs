using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Scoring.Scores;

namespace GraphRisk.Workflow.Admission;

/// <summary>What the program recommends. It never refuses: a refusal is a person's.</summary>
public enum AdmissionAdvice
{
    /// <summary>Every check is passed and the grade may be admitted.</summary>
    Admit,

    /// <summary>Something speaks against it or is not known: a person decides.</summary>
    Refer,
}

/// <summary>One check with what it rests on.</summary>
/// <param name="Name">Name of the check.</param>
/// <param name="Passed">Whether it is passed; null where it cannot be told, which counts as a matter for a person.</param>
/// <param name="Text">What was found and what is asked for, in words.</param>
/// <param name="Evidence">Records it rests on.</param>
public sealed record AdmissionCheck(string Name, bool? Passed, string Text, ImmutableArray<NodeId> Evidence);

/// <summary>A recommendation on admitting a client to securities financing, with the reasons.</summary>
/// <param name="Advice">Admit or refer.</param>
/// <param name="CreditLine">Line recommended, yuan; where a person decides, what would be recommended if that person admits. May be 0.</param>
/// <param name="AnnualRate">Yearly rate recommended, 0.06 = 6%.</param>
/// <param name="Checks">All checks, in the table's order.</param>
/// <param name="Adverse">What lowers the score most, at most four reasons.</param>
/// <param name="LineReasons">How the line came about, step by step.</param>
public sealed record AdmissionRecommendation(
    AdmissionAdvice Advice, decimal CreditLine, decimal AnnualRate, ImmutableArray<AdmissionCheck> Checks,
    ImmutableArray<Reason> Adverse, ImmutableArray<string> LineReasons);
