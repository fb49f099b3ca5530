using System.Collections.Immutable;
using System.Globalization;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Workflow.Market;

namespace GraphRisk.Workflow.Statistics;

/// <summary>An edition as it stands in the store.</summary>
/// <param name="Month">Last day of the month it is about.</param>
/// <param name="PublishedAt">When it was published.</param>
/// <param name="Rows">By division and key.</param>
public sealed record PublishedEdition(DateOnly Month, DateTimeOffset PublishedAt, ImmutableArray<EditionRow> Rows);

/// <summary>Editions as facts: a node a row, of the platform's own data set, which is open to everyone.</summary>
public static class EditionFacts
{
    /// <summary>The node type of a row.</summary>
    public const string NodeType = "MarketStatistic";

    /// <summary>The data set editions stand in.</summary>
    public const string Source = "platform";

    private static readonly ImmutableArray<(string Name, Func<MarketFigures, object?> Read, Func<MarketFigures, PropertyValue, MarketFigures> Write)> Fields =
    [
        ("brokers", row => row.Brokers, (row, value) => row with { Brokers = (int)value.AsInteger() }),
        ("netCapital", row => row.NetCapital, (row, value) => row with { NetCapital = value.AsDecimal() }),
        ("clients", row => row.Clients, (row, value) => row with { Clients = (int)value.AsInteger() }),
        ("clientsWithDebt", row => row.ClientsWithDebt, (row, value) => row with { ClientsWithDebt = (int)value.AsInteger() }),
        ("contracts", row => row.Contracts, (row, value) => row with { Contracts = (int)value.AsInteger() }),
        ("debt", row => row.Debt, (row, value) => row with { Debt = value.AsDecimal() }),
        ("marginDebt", row => row.MarginDebt, (row, value) => row with { MarginDebt = value.AsDecimal() }),
        ("pledgeDebt", row => row.PledgeDebt, (row, value) => row with { PledgeDebt = value.AsDecimal() }),
        ("repoDebt", row => row.RepoDebt, (row, value) => row with { RepoDebt = value.AsDecimal() }),
        ("collateral", row => row.Collateral, (row, value) => row with { Collateral = value.AsDecimal() }),
        ("maintenanceRatio", row => row.MaintenanceRatio, (row, value) => row with { MaintenanceRatio = value.AsDecimal() }),
        ("debtBelowCallLine", row => row.DebtBelowCallLine, (row, value) => row with { DebtBelowCallLine = value.AsDecimal() }),
        ("debtBelowClosingLine", row => row.DebtBelowClosingLine, (row, value) => row with { DebtBelowClosingLine = value.AsDecimal() }),
        ("scoredClients", row => row.ScoredClients, (row, value) => row with { ScoredClients = (int)value.AsInteger() }),
        ("highRiskClients", row => row.HighRiskClients, (row, value) => row with { HighRiskClients = (int)value.AsInteger() }),
        ("meanProbabilityOfDefault", row => row.MeanProbabilityOfDefault, (row, value) => row with { MeanProbabilityOfDefault = (double)value.AsDecimal() }),
        ("debtWeightedProbabilityOfDefault", row => row.DebtWeightedProbabilityOfDefault, (row, value) => row with { DebtWeightedProbabilityOfDefault = (double)value.AsDecimal() }),
    ];

    /// <summary>The facts of an edition; they hold from the month's last day on.</summary>
    public static ImmutableArray<Fact> Of(PublishedEdition edition) =>
    [
        .. edition.Rows.Select(row =>
        {
            var key = $"{NameOf(edition.Month)}/{NameOf(row.Division)}/{row.Figures.Key}";
            return (Fact)new NodeFact(
                new NodeId(NodeType, key), Properties.Of(PropertiesOf(edition, row, key)), Validity.Since(edition.Month), new Provenance(Source, key, 1m));
        }),
    ];

    /// <summary>The editions of a snapshot, newest first.</summary>
    public static ImmutableArray<PublishedEdition> ReadAll(Snapshot snapshot)
    {
        var nodes = snapshot.Nodes;
        return
        [
            .. nodes.OfType(NodeType).ToArray().GroupBy(node => nodes.GetDate(node, "edition")!.Value).OrderByDescending(edition => edition.Key)
                .Select(edition => new PublishedEdition(
                    edition.Key, nodes.Get(edition.First(), "publishedAt")!.Value.AsDateTime(),
                    [.. edition.Select(node => RowOf(nodes, node)).OrderBy(row => row.Division).ThenBy(row => row.Figures.Key, StringComparer.Ordinal)])),
        ];
    }

    /// <summary>A month as it is written, such as 2026-06.</summary>
    public static string NameOf(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>The last day of a month written so; null for any other text.</summary>
    public static DateOnly? Month(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) ? first.AddMonths(1).AddDays(-1) : null;

    private static string NameOf(MarketDivision division) => division == MarketDivision.Market ? "MARKET" : "JURISDICTION";

    private static IEnumerable<Property> PropertiesOf(PublishedEdition edition, EditionRow row, string key)
    {
        yield return new Property("row", PropertyValue.Of(key));
        yield return new Property("edition", PropertyValue.Of(edition.Month));
        yield return new Property("publishedAt", PropertyValue.Of(edition.PublishedAt));
        yield return new Property("division", PropertyValue.OfEnum(NameOf(row.Division)));
        yield return new Property("code", PropertyValue.Of(row.Figures.Key));
        foreach (var (name, read, _) in Fields)
            if (ValueOf(read(row.Figures)) is { } value) yield return new Property(name, value);
    }

    private static PropertyValue? ValueOf(object? figure) => figure switch
    {
        int number => PropertyValue.Of((long)number),
        decimal number => PropertyValue.Of(number),
        double number => PropertyValue.Of((decimal)number),
        _ => null,
    };

    private static EditionRow RowOf(NodeTable nodes, int node)
    {
        var figures = new MarketFigures(nodes.GetString(node, "code")!, null);
        foreach (var (name, _, write) in Fields)
            if (nodes.Get(node, name) is { } value) figures = write(figures, value);
        return new EditionRow(nodes.GetString(node, "division") == "MARKET" ? MarketDivision.Market : MarketDivision.Jurisdiction, figures);
    }
}
