using System.Collections.Frozen;
using System.Globalization;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Market;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Workflow.Erasure;

/// <summary>What is known of a client when it is asked whether it may be erased.</summary>
/// <param name="Market">The newest reading of all that is known.</param>
/// <param name="Party">The client in it; -1 where the snapshot has none, as where nothing of it holds any more.</param>
/// <param name="LastDays">By type, the last day on which anything of the client began to hold or ended, whether it is believed still or not.</param>
/// <param name="Today">The day of the question.</param>
public sealed record HeldClient(MarketReading Market, int Party, IReadOnlyDictionary<string, DateTimeOffset> LastDays, DateOnly Today);

/// <summary>How holds are told: a table from the name of a measure to what it finds.</summary>
public static class HoldMeasures
{
    /// <summary>The measure of terms.</summary>
    public const string Retention = "RETENTION";

    /// <summary>The measure of cases.</summary>
    public const string OpenCase = "OPEN_CASE";

    private const int MostNamed = 5;

    private static readonly FrozenDictionary<string, Func<HeldClient, LegalHold, IEnumerable<HoldFound>>> Measures =
        new Dictionary<string, Func<HeldClient, LegalHold, IEnumerable<HoldFound>>>(StringComparer.Ordinal)
        {
            ["DEBT"] = (client, hold) => Found(hold, client.Party < 0 ? [] : client.Market.Contracts.OfParty(client.Party)
                .Where(contract => contract.IsOutstanding && contract.Debt > 0).Select(contract => string.Create(CultureInfo.InvariantCulture, $"{IdOf(client, contract.Node)} owes {contract.Debt:0.##}"))),
            ["OPEN_CONTRACT"] = (client, hold) => Found(hold, client.Party < 0 ? [] : client.Market.Contracts.OfParty(client.Party).Where(contract => contract.IsOutstanding).Select(contract => IdOf(client, contract.Node))),
            [OpenCase] = (client, hold) => Found(hold, OpenCases(client, hold)),
            ["LISTED"] = (client, hold) => Found(hold, client.Party < 0 ? [] : client.Market.Records.EntriesInForce(client.Party).Select(entry => $"{IdOf(client, entry.Entry)} {entry.Kind}")),
            ["GUARANTEE"] = (client, hold) => Found(hold, Guaranteed(client)),
            [Retention] = (client, hold) => Retained(client, hold),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Names of the measures.</summary>
    public static IReadOnlyCollection<string> Known => Measures.Keys;

    /// <summary>The holds of a table that are there.</summary>
    public static IReadOnlyList<HoldFound> Find(LegalHoldTable table, HeldClient client) => [.. table.Holds.SelectMany(hold => Measures[hold.Measure](client, hold))];

    private static IEnumerable<string> OpenCases(HeldClient client, LegalHold hold)
    {
        if (client.Party < 0) yield break;
        var nodes = client.Market.Snapshot.Nodes;
        foreach (var one in client.Market.Snapshot.Relationship("CASE_OF").In.Neighbours(client.Party).ToArray().Distinct())
        {
            if (!hold.Of.Contains(nodes.TypeOf(one).Name) || CaseKind.Find(nodes.TypeOf(one).Name) is not { } kind) continue;

            // One that was decided and may at most be opened again is at its end; without a state that is known this cannot be said.
            var state = nodes.GetString(one, "state");
            if (state is null || !kind.Table.States.Contains(state) || kind.Table.MovesFrom(state).Any(move => move != Reopening.Move)) yield return $"{nodes.IdOf(one)} {state ?? "of no state"}";
        }
    }

    private static IEnumerable<string> Guaranteed(HeldClient client)
    {
        if (client.Party < 0) return [];
        var (market, parties) = (client.Market, client.Market.Parties);
        var guarantor = parties.IndexOf(client.Party);
        return market.Guarantees(WorkMeter.Unlimited).All.ToArray().Where(one => one.Guarantor == guarantor).Select(one => parties.NodeOf(one.Debtor)).Distinct()
            .Where(debtor => market.Contracts.DebtOf(debtor) > 0).Select(debtor => $"for {IdOf(client, debtor)}");
    }

    private static IEnumerable<HoldFound> Retained(HeldClient client, LegalHold hold)
    {
        var last = hold.Of.Where(client.LastDays.ContainsKey).Select(type => (Type: type, At: client.LastDays[type])).OrderBy(one => one.At).LastOrDefault();
        if (last.Type is null) yield break;
        var day = DateOnly.FromDateTime(last.At.UtcDateTime);
        var until = day.Year + hold.Years!.Value > DateOnly.MaxValue.Year ? DateOnly.MaxValue : day.AddYears(hold.Years.Value);
        if (until > client.Today) yield return new HoldFound(hold, string.Create(CultureInfo.InvariantCulture, $"the last {last.Type} is of {day:yyyy-MM-dd}, kept until {until:yyyy-MM-dd}"), until);
    }

    private static IEnumerable<HoldFound> Found(LegalHold hold, IEnumerable<string> what)
    {
        var all = what.ToList();
        if (all.Count > 0) yield return new HoldFound(hold, string.Join("; ", all.Take(MostNamed)) + (all.Count > MostNamed ? $" and {all.Count - MostNamed} more" : ""), null);
    }

    private static string IdOf(HeldClient client, int node) => client.Market.Snapshot.Nodes.IdOf(node).ToString();
}
