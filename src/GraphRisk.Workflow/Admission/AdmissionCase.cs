using GraphRisk.Graph.Facts;
using GraphRisk.Market.Lending;
using GraphRisk.Scoring.Calibration;
using GraphRisk.Workflow.Exposure;

namespace GraphRisk.Workflow.Admission;

/// <summary>What a score says of a client, as far as it was disclosed.</summary>
/// <param name="Client">The client.</param>
/// <param name="Score">300 to 850.</param>
/// <param name="Grade">Its grade.</param>
/// <param name="ProbabilityOfDefault">Within the horizon, 0 to 1.</param>
/// <param name="HorizonQuarters">The horizon.</param>
public sealed record ClientRisk(NodeId Client, int Score, Grade Grade, double ProbabilityOfDefault, int HorizonQuarters);

/// <summary>Everything a recommendation rests on.</summary>
/// <param name="Application">What is asked for.</param>
/// <param name="Facts">What the broker knows of the client and of what it offers.</param>
/// <param name="Risk">The client's score.</param>
/// <param name="Exposure">What the broker is exposed to already, linked parties included.</param>
/// <param name="AsOf">Day the recommendation is made for.</param>
public sealed record AdmissionCase(FinancingApplication Application, AdmissionFacts Facts, ClientRisk Risk, LinkedExposureAnswer Exposure, DateOnly AsOf)
{
    /// <summary>
    /// Grade of one who guarantees the whole of it; null where nobody does. Its terms hold where they are better than the client's: a client
    /// in default is not lifted.
    /// </summary>
    public Grade? Guarantor { get; init; }

    /// <summary>Lines that were approved and are not drawn: they take room like what is owed.</summary>
    public Commitments Undrawn { get; init; }

    /// <summary>How many persons decide on a client of its grade, whatever the amount.</summary>
    public int PersonsByGrade { get; init; } = 1;

    /// <summary>What is offered at the last close, yuan.</summary>
    public decimal CollateralValue => Facts.Collateral.Sum(one => one.Value);

    /// <summary>What the account stands at once the amount is lent: margin trading buys securities with it, which secure it too.</summary>
    public Coverage CoverageAt(decimal amount) => new(CollateralValue + (Application.Product == ContractKind.Margin ? amount : 0m), amount);

    /// <summary>The terms of the better grade of client and guarantor; none for a grade the policy does not know.</summary>
    public GradeTerms? TermsBy(AdmissionPolicy policy)
    {
        if (!policy.Grades.TryGetValue(Risk.Grade.Name, out var own)) return null;
        if (Guarantor is not { } guarantor || Risk.ProbabilityOfDefault >= 1 || guarantor.PdBelow >= Risk.Grade.PdBelow) return own;
        return policy.Grades.TryGetValue(guarantor.Name, out var lifted) ? lifted : own;
    }
}
