using System.Collections.Frozen;
using GraphQL.Types;
using GraphRisk.Market.Flows;
using GraphRisk.Server.Flows;

namespace GraphRisk.Server.Budget;

/// <summary>What is known of fields before any is resolved: how long lists can be, and what making a value takes.</summary>
internal static class FieldCosts
{
    /// <summary>Items of a list that is not in the table.</summary>
    public const int DefaultItems = 20;

    /// <summary>Length of lists that stay well below or go well above the default. Lists with an argument <c>first</c> are no longer than it.</summary>
    public static FrozenDictionary<string, int> Items { get; } = new Dictionary<string, int>
    {
        ["CreditScore.groups"] = 12,
        ["CreditScore.reasons"] = 80,
        ["CreditScore.wouldImprove"] = 4,
        ["ScoreChange.reasons"] = 80,
        ["ReasonChange.records"] = 4,
        ["ScoreRecord.fields"] = 3,
        ["Dossier.refused"] = 9,
        ["RefusedPart.purposes"] = 5,
        ["ModelReport.quarters"] = 40,
        ["ModelReport.featureDrift"] = 80,
        ["FeatureDrift.byQuarter"] = 40,
        ["ModelReport.rankStability"] = 40,
        ["ModelReport.migration"] = 120,
        ["ModelReport.highRisk"] = 200,
        ["ModelReport.judged"] = 20,
        ["ModelReport.beside"] = 20,
        ["ModelReport.advised"] = 6,
        ["ModelReport.complaints"] = 40,
        ["ModelReport.decisions"] = 20,
        ["ModelValidation.curve"] = 110,
        ["ModelValidation.calibration"] = 10,
        ["StressDefaults.brokers"] = 100,
        ["LossDistribution.quantiles"] = 6,
        ["LinkedPartyEdge.path"] = 4,
        ["LinkedPartyExposure.path"] = 4,
        ["PartyLink.evidence"] = 4,
        ["AssetAnswer.totals"] = 12,
        ["AssetHolder.chain"] = 3,
        ["HolderStep.evidence"] = 4,
        ["Asset.encumbrances"] = 2,
        ["Path.nodes"] = 6,
        ["Path.steps"] = 5,
        ["MoneyTrace.accounts"] = 4,
        ["PathStep.properties"] = 4,
        ["CommonNeighbourEdge.fromFirst"] = 2,
        ["CommonNeighbourEdge.fromSecond"] = 2,
        ["ScreeningEdge.points"] = 6,
        ["ScreeningHit.points"] = 6,
        ["ScreeningNewsEdge.hits"] = 10,
        ["Control.controllers"] = 2,
        ["ControlAnswer.control"] = 5,
        ["OwnershipChain.parties"] = 8,
        ["OwnershipChain.shares"] = 8,
        ["OwnershipChains.chains"] = 3,
        ["OwnershipFinding.holders"] = 3,
        ["OwnershipLookThrough.findings"] = 3,
        ["Market.rows"] = 100,
        ["StressRow.rounds"] = 40,
        ["StressActual.rows"] = 100,
        ["ClientQuality.days"] = 13,
        ["QualityDay.rows"] = 400,
        ["WarningWork.rows"] = 200,
        ["Inspection.moves"] = 12,
        ["StressTest.failedBrokers"] = 4,
        ["Store.nodes"] = 40,
        ["Store.relationships"] = 60,
        ["__Schema.types"] = 400,
        ["__Type.fields"] = 15,
        ["__Type.interfaces"] = 2,
        ["__Type.possibleTypes"] = 2,
        ["__Type.enumValues"] = 1,
        ["__Type.inputFields"] = 1,
        ["__Field.args"] = 2,
        ["__Directive.args"] = 2,
        ["__Directive.locations"] = 5,
        ["__Schema.directives"] = 6,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Length of lists of every type under one name, where the question names none.</summary>
    private static FrozenDictionary<string, int> Unasked { get; } = new Dictionary<string, int> { ["groups"] = 100, ["points"] = 24, ["withheld"] = 3 }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Work of making one value of a type that has to be computed, prepared views aside.</summary>
    public static FrozenDictionary<string, long> Work { get; } = new Dictionary<string, long>
    {
        ["LinkedParties"] = 400_000,
        ["CreditScore"] = 60_000,
        ["ScoreChange"] = 250_000,
        ["Dossier"] = 200_000,
        ["Neighbourhood"] = 100_000,
        ["PathAnswer"] = 200_000,
        ["CommonNeighbours"] = 20_000,
        ["OwnershipLookThrough"] = 20_000,
        ["OwnershipChains"] = 50_000,
        ["ControlAnswer"] = 10_000,
        ["LinkedExposure"] = 400_000,
        ["AssetAnswer"] = 100_000,
        ["StressTest"] = 1_000_000,
        ["StressActual"] = 200_000,
        ["ClientQuality"] = 400_000,
        ["MarketMovers"] = 400_000,
        ["MarketConcentration"] = 200_000,
        ["WarningWork"] = 50_000,
        ["ModelReport"] = 300_000,
        ["StressDefaults"] = 2_000_000,
        ["SearchConnection"] = 200_000,
        ["ScreeningConnection"] = 100_000,
        ["ScreeningNewsConnection"] = 400_000,
        ["SourceRecord"] = 30_000,
        ["Judgement"] = 60_000,
    }.Concat(Flows()).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Questions on flows of money: simple ones look at what one account has, complex ones walk on from it.</summary>
    private static IEnumerable<KeyValuePair<string, long>> Flows() => FlowQuestions.All
        .Select(question => KeyValuePair.Create(FlowTypes.AnswerOf(question), question.Code.StartsWith("TSR", StringComparison.Ordinal) ? 5_000L : 100_000L)).DistinctBy(one => one.Key);

    /// <summary>Most items of a list field.</summary>
    /// <param name="type">The type it is read from.</param>
    /// <param name="field">The field.</param>
    /// <param name="first">Its argument <c>first</c>: no list is longer, and one of which nothing else is known is as long; null where it was not given.</param>
    public static int ItemsOf(string type, FieldType field, int? first) =>
        Items.TryGetValue($"{type}.{field.Name}", out var items) || (first is null && Unasked.TryGetValue(field.Name, out items))
            ? Math.Min(first ?? items, items) : first ?? DefaultItems;
}
