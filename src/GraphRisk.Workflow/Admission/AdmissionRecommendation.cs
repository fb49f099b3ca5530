using System.Collections.Immutable;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Workflow.Admission;

/// <summary>What the program recommends. It never refuses: a refusal is a person's.</summary>
public enum AdmissionAdvice
{
    /// <summary>Every check is passed, and the line is what was asked for.</summary>
    Admit,

    /// <summary>Every check is passed, for a smaller line than was asked for.</summary>
    AdmitInPart,

    /// <summary>Something speaks against it or is not known: a person decides.</summary>
    Refer,
}

/// <summary>One check with what it rests on.</summary>
/// <param name="Name">Name of the check.</param>
/// <param name="Passed">Whether it is passed; null where it cannot be told, which counts as a matter for a person.</param>
/// <param name="Figures">What was found and what is asked for: the places of its text.</param>
/// <param name="Evidence">Records it rests on.</param>
public sealed record AdmissionCheck(string Name, bool? Passed, ImmutableArray<Figure> Figures, ImmutableArray<NodeId> Evidence);

/// <summary>An amount a line may not exceed.</summary>
/// <param name="Name">Name of the limit.</param>
/// <param name="Amount">The amount, yuan, not negative; null where it cannot be told, which leaves nothing.</param>
/// <param name="Figures">The places of its text.</param>
public sealed record LineLimit(string Name, decimal? Amount, ImmutableArray<Figure> Figures);

/// <summary>What has to be done before the line is opened.</summary>
/// <param name="Name">Name of the condition.</param>
/// <param name="Figures">The places of its text.</param>
public sealed record AdmissionCondition(string Name, ImmutableArray<Figure> Figures);

/// <summary>A recommendation on financing a client, with the reasons.</summary>
/// <param name="Advice">Admit, in full or in part, or refer.</param>
/// <param name="CreditLine">Line recommended on top of what is owed already, yuan; where a person decides, what would be recommended if that person admits. May be 0.</param>
/// <param name="AnnualRate">Yearly rate recommended, 0.06 = 6%.</param>
/// <param name="NeedsSecondPerson">Whether a second person must agree, to a line of this amount or to any of a client of this grade.</param>
/// <param name="Checks">All checks of the product, in the table's order.</param>
/// <param name="Limits">All limits of the product, in the table's order; the line is the least of them, cut to a step.</param>
/// <param name="Conditions">What has to be done first; none where all that is offered lies with the broker.</param>
public sealed record AdmissionRecommendation(
    AdmissionAdvice Advice, decimal CreditLine, decimal AnnualRate, bool NeedsSecondPerson, ImmutableArray<AdmissionCheck> Checks, ImmutableArray<LineLimit> Limits,
    ImmutableArray<AdmissionCondition> Conditions);
