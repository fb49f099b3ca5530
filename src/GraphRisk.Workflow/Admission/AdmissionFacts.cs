using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Workflow.Contracts;

namespace GraphRisk.Workflow.Admission;

/// <summary>What a snapshot knows of a client that admission asks for, as far as the broker may see.</summary>
/// <param name="AverageAssets">
/// Securities in the client's accounts at the broker today, at their mean close over the last trading days; yuan. Null where
/// no security has a price.
/// </param>
/// <param name="TradingSince">Day the client's first account with the broker was opened; null where not known.</param>
/// <param name="Defaults">Defaults and forced liquidations on record in the years that count, as ids, ascending.</param>
/// <param name="Listings">Entries of dishonest debtors and disqualifications in force, as ids, ascending.</param>
public sealed record AdmissionFacts(
    decimal? AverageAssets, DateOnly? TradingSince, ImmutableArray<NodeId> Defaults, ImmutableArray<NodeId> Listings)
{
    private static readonly string[] SeriousListings = ["DISHONEST_DEBTOR", "DISQUALIFICATION", "SANCTION"];

    /// <summary>Reads the facts of a client of a broker.</summary>
    public static AdmissionFacts Read(ContractBook contracts, int broker, int client, AdmissionPolicy policy)
    {
        var snapshot = contracts.Snapshot;
        var accounts = snapshot.Relationship("OWNS_ACCOUNT").Out.Neighbours(client).ToArray().Distinct()
            .Where(account => snapshot.Relationship("KEPT_AT").Out.Neighbours(account).Contains(broker)).ToList();
        var opened = accounts.Select(account => snapshot.Nodes.GetDate(account, "openedOn")).OfType<DateOnly>().ToList();
        return new AdmissionFacts(
            AverageAssetsOf(snapshot, accounts, policy.TradingDays), opened.Count > 0 ? opened.Min() : null,
            DefaultsOf(snapshot, client, snapshot.Stamp.AsOfDay.AddYears(-policy.YearsOfRecord)), ListingsOf(snapshot, client));
    }

    private static decimal? AverageAssetsOf(Snapshot snapshot, List<int> accounts, int days)
    {
        decimal? sum = null;
        var positions = snapshot.Relationship("POSITION");
        foreach (var account in accounts)
        {
            var (start, end) = positions.Out.Range(account);
            for (var edge = start; edge < end; edge++)
                if (MeanClose(snapshot, positions.Out.Target(edge), days) is { } close)
                    sum = (sum ?? 0m) + (positions.GetDecimal(edge, "quantity") ?? 0m) * close;
        }

        return sum;
    }

    private static decimal? MeanClose(Snapshot snapshot, int security, int days)
    {
        var closes = snapshot.Nodes.GetSeries(security, "close").Values;
        if (closes.IsEmpty) return null;
        var last = closes[^Math.Min(days, closes.Length)..];
        var sum = 0m;
        foreach (var close in last) sum += close;
        return sum / last.Length;
    }

    private static ImmutableArray<NodeId> DefaultsOf(Snapshot snapshot, int client, DateOnly since) =>
        [.. snapshot.Relationship("BEFELL").In.Neighbours(client).ToArray().Distinct()
            .Where(credit => snapshot.Nodes.GetString(credit, "kind") is "DEFAULT" or "FORCED_LIQUIDATION"
                && snapshot.Nodes.GetDate(credit, "occurredOn") is { } day && day >= since && day <= snapshot.Stamp.AsOfDay)
            .Select(snapshot.Nodes.IdOf).Order()];

    /// <summary>Entries in force: published, and neither expired nor removed. The last day of the term still counts.</summary>
    private static ImmutableArray<NodeId> ListingsOf(Snapshot snapshot, int client)
    {
        var nodes = snapshot.Nodes;
        var today = snapshot.Stamp.AsOfDay;
        return [.. snapshot.Relationship("LISTED_AS").Out.Neighbours(client).ToArray().Distinct()
            .Where(entry => SeriousListings.Contains(nodes.GetString(entry, "kind"))
                && !(nodes.GetDate(entry, "removedOn") <= today) && !(nodes.GetDate(entry, "expiresOn") < today))
            .Select(nodes.IdOf).Order()];
    }
}
