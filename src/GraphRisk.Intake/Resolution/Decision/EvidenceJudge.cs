using System.Collections.Immutable;
using GraphRisk.Intake.Resolution.Blocking;
using GraphRisk.Intake.Resolution.Comparison;
using GraphRisk.Intake.Resolution.Ledger;
using GraphRisk.Intake.Resolution.Records;
using GraphRisk.Intake.Resolution.Weights;

namespace GraphRisk.Intake.Resolution.Decision;

/// <summary>
/// Decides on pairs by the weight of their evidence (<see cref="ResolutionModel"/>) and the rules around it (<see cref="PairWeighing"/>). Pure and
/// thread-safe: the same records give the same answer.
/// </summary>
/// <param name="model">What agreement weighs.</param>
public sealed class EvidenceJudge(ResolutionModel model)
{
    private const string Prior = "prior", Household = "household", NamesDiffer = "names-differ", NumbersDiffer = "numbers-differ", Verdicts = "calibration", Threshold = "thresholds";

    /// <summary>Steps that are no row of the table.</summary>
    public static ImmutableArray<string> Rules { get; } = [Prior, Household, NamesDiffer, NumbersDiffer, Verdicts, Threshold];

    /// <summary>The model.</summary>
    public ResolutionModel Model => model;

    /// <summary>Verdict and score. Called for millions of pairs, so it builds no text.</summary>
    public PairDecision Judge(PartyRecord left, PartyRecord right, SharedValues shared)
    {
        var kind = model.Of(left.IsPerson);
        var weighing = PairWeighing.Of(kind, PairLevels.Of(left, right, shared));
        var score = ProbabilityOf(weighing.Score);
        return new PairDecision(VerdictOf(weighing, score, kind.Thresholds), score, (decimal)weighing.Score / KindModel.Scale);
    }

    /// <summary>The steps of the same decision; their bits add up to its bits.</summary>
    public PairExplanation Explain(PartyRecord left, PartyRecord right, SharedValues shared)
    {
        var kind = model.Of(left.IsPerson);
        var levels = PairLevels.Of(left, right, shared);
        var weighing = PairWeighing.Of(kind, levels);
        var steps = ImmutableArray.CreateBuilder<ReasonLine>();
        Add(Prior, kind.Prior, "");
        var supporting = new List<string>();
        for (var family = 0; family < PairLevels.Families; family++)
        {
            if (levels.Find(kind.Table, (EvidenceFamily)family) is not { } feature) continue;
            var weight = feature.Family == EvidenceFamily.Contradiction ? weighing.Contradiction : kind.WeightOf(levels, feature.Family);
            if (feature.Family == EvidenceFamily.Contradiction) AddRules();
            Add(feature.Name, weight, feature.Test(left, right, shared)!.Value.ToString());
            if (weight > 0) supporting.Add(feature.Name);
        }

        if (levels.RowOf(EvidenceFamily.Contradiction) < 0) AddRules();
        if (kind.Thresholds != Thresholds.Default) Add(Threshold, 0, kind.Thresholds.ToString());
        return new PairExplanation($"{model.Name}: {string.Join(" + ", supporting)}", [.. steps.Select(step => step.ToString())]);

        void AddRules()
        {
            if (weighing.Household != 0) Add(Household, weighing.Household, "");
            if (weighing.Names != 0) Add(NamesDiffer, weighing.Names, "");
            if (weighing.Numbers != 0) Add(NumbersDiffer, weighing.Numbers, "");
            if (weighing.Calibration != 0) Add(Verdicts, weighing.Calibration, "");
        }

        void Add(string name, int hundredths, string evidence) => steps.Add(new ReasonLine(name, (decimal)hundredths / KindModel.Scale, evidence));
    }

    /// <summary>Why two records cannot be one party, whatever else they share; null where nothing contradicts.</summary>
    public static string? Contradiction(PartyRecord left, PartyRecord right)
    {
        foreach (var feature in FeatureTable.Of(left.IsPerson))
            if (feature.Family == EvidenceFamily.Contradiction && feature.Test(left, right, SharedValues.None) is { } evidence)
                return $"{feature.Name}: {evidence}";
        return null;
    }

    /// <summary>Probability of odds in hundredths of a bit, four digits.</summary>
    public static decimal ProbabilityOf(int hundredths) => Math.Round((decimal)(1 / (1 + Math.Pow(2, -(double)hundredths / KindModel.Scale))), 4);

    /// <summary>A contradiction is worth filing where there was something to contradict, and a name alone is nothing to file.</summary>
    private static Verdict? VerdictOf(PairWeighing weighing, decimal score, Thresholds at)
    {
        if (weighing.Contradiction != 0 && !weighing.IsOfRegister) return ProbabilityOf(weighing.Support) >= at.Review && weighing.IsSupported ? Verdict.NoMatch : null;
        if (score >= at.Match) return weighing.IsSupported ? Verdict.Match : null;
        return weighing.IsOfRegister || (score >= at.Review && weighing.IsSupported) ? Verdict.Undecided : null;
    }
}
