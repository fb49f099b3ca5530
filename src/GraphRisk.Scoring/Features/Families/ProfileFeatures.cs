using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market;
using GraphRisk.Market.Columns;
using GraphRisk.Market.Contagion;
using static GraphRisk.Scoring.Features.FeatureUnit;

namespace GraphRisk.Scoring.Features.Families;

/// <summary>How long and where the party is a client. Sex, age and region are left out on purpose: they are no reason for a refusal.</summary>
internal sealed class ProfileFeatures : FeatureFamily<ProfileFeatures.Facts>
{
    internal readonly record struct Facts(bool IsCompany, double Tenure, int Brokers, int Accounts);

    protected override IReadOnlyList<(Feature Feature, Func<Facts, double> Value)> Table { get; } =
    [
        (Define("is_company", YesNo, 0, "Company"), f => f.IsCompany ? 1 : 0),
        (Define("client_years", Years, 0, "CLIENT_OF.openedOn"), f => f.Tenure),
        (Define("brokers", Count, 0, "CLIENT_OF"), f => f.Brokers),
        (Define("accounts", Count, 0, "OWNS_ACCOUNT"), f => f.Accounts),
    ];

    protected override Func<int, int, Facts> Gather(MarketReading market, Neighbourhoods around, WorkMeter meter)
    {
        var clientOf = market.Snapshot.Relationship("CLIENT_OF");
        var opened = DayColumn.Of(clientOf, "openedOn");
        var accounts = market.Snapshot.Relationship("OWNS_ACCOUNT").Out;
        var today = market.Snapshot.Stamp.AsOfDay.DayNumber;
        return (node, party) => new Facts(
            market.Parties.IsCompany(party), YearsAsClient(clientOf, opened, node, today), Distinct(clientOf.Out.Neighbours(node)),
            accounts.Degree(node));
    }

    private static double YearsAsClient(RelationshipTable clientOf, DayColumn opened, int node, int today)
    {
        var longest = double.NaN;
        var (start, end) = clientOf.Out.Range(node);
        for (var edge = start; edge < end; edge++)
            longest = Numbers.Greatest(longest, opened[edge] == DayColumn.None ? double.NaN : (today - opened[edge]) / 365.25);
        return longest;
    }

    /// <summary>Neighbours are sorted, parallel ones side by side.</summary>
    private static int Distinct(ReadOnlySpan<int> neighbours)
    {
        var count = 0;
        for (var i = 0; i < neighbours.Length; i++)
            count += i == 0 || neighbours[i] != neighbours[i - 1] ? 1 : 0;
        return count;
    }

    private static Feature Define(string name, FeatureUnit unit, int direction, params string[] inputs) =>
        new(name, FeatureGroup.Profile, unit, direction, inputs);
}
