using System.Collections.Immutable;
using System.Globalization;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Workflow.Admission;
using GraphRisk.Workflow.Recovery;

namespace GraphRisk.Workflow.Decisions.Replay;

/// <summary>Whom and what a row names: brokers by code, clients and contracts by the broker's numbers or by id, securities by code. What the store does not know is refused, never made.</summary>
internal static class ReplayParties
{
    private static readonly string[] Parties = ["Person", "Company"];
    private static readonly string[] Contracts = ["MarginContract", "PledgeContract", "RepoContract"];

    /// <summary>The broker a row names; null where it names none.</summary>
    public static NodeId? BrokerOf(MoveRecord row, ReplayDraft draft)
    {
        if (row[MoveRecord.Broker] is not { } code) return null;
        var id = new NodeId("Broker", code.StartsWith("Broker/", StringComparison.Ordinal) ? code["Broker/".Length..] : code);
        return draft.Market.Snapshot.Nodes.Find(id) >= 0 ? id : throw new MoveRefusedException(MoveRecord.Broker, $"'{code}' is no broker that is known.");
    }

    /// <summary>The record by which a broker knows the client of a row.</summary>
    public static NodeId ClientOf(OpeningRow row, NodeId broker)
    {
        var id = PartyOf(row, MoveRecord.Client, row.Row.Need(MoveRecord.Client));
        return SourceOwner.Of(id) == broker.Key ? id : throw new MoveRefusedException(MoveRecord.Client, $"'{id}' is no record of {broker.Key}'s.");
    }

    /// <summary>A party by id, or by the number its broker gives it.</summary>
    public static NodeId PartyOf(OpeningRow row, string column, string text) => Known(row, text, Parties) ?? throw new MoveRefusedException(column, $"'{text}' is no party that is known.");

    /// <summary>The contract a row is about, and whose it is.</summary>
    public static async ValueTask<(NodeId Contract, CaseParties Parties)> ContractOfAsync(OpeningRow row)
    {
        var text = row.Row.Need(MoveRecord.Subject);
        var contract = Known(row, text, Contracts) ?? throw new MoveRefusedException(MoveRecord.Subject, $"'{text}' is no contract that is known.");
        var parties = await CaseRound.PartiesOfAsync(row.Draft.Store, contract, row.Draft.Version, row.Cancellation)
            ?? throw new MoveRefusedException(MoveRecord.Subject, $"'{text}' is a contract of which no client or no broker is known.");
        if (parties.Broker != row.Broker?.ToString()) throw new MoveRefusedException(MoveRecord.Broker, $"did not grant '{text}'.");
        return row.Row[MoveRecord.Client] is null || ClientOf(row, row.Broker!.Value).ToString() == parties.Client
            ? (contract, parties) : throw new MoveRefusedException(MoveRecord.Client, $"is not who '{text}' was granted to.");
    }

    /// <summary>The day a case is about: neither after the row's own nor before the contract was opened.</summary>
    public static DateOnly RequireBegun(OpeningRow row, NodeId contract, string column)
    {
        var day = row.Row.Needed(row.Type, column).AsDate();
        if (day > row.On) throw new MoveRefusedException(column, FormattableString.Invariant($"lies after {row.On:yyyy-MM-dd}, the day of the row."));
        var nodes = row.Draft.Market.Snapshot.Nodes;
        return nodes.Get(nodes.Find(contract), "openedOn")?.AsDate() is { } opened && day < opened
            ? throw new MoveRefusedException(column, FormattableString.Invariant($"lies before {opened:yyyy-MM-dd}, on which the contract was opened.")) : day;
    }

    /// <summary>The collateral a row offers: CODE=N, with semicolons between.</summary>
    public static ImmutableArray<OfferedSecurity> Offered(OpeningRow row)
    {
        if (row.Row[MoveRecord.Offers] is not { } text) return [];
        return [.. text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(one =>
            one.Split('=') is [var code, var number] && decimal.TryParse(number, NumberStyles.Number, CultureInfo.InvariantCulture, out var quantity) && quantity > 0 && new NodeId("Security", code.Trim()) is var id
                ? row.Draft.Market.Snapshot.Nodes.Find(id) >= 0 ? new OfferedSecurity(id, quantity) : throw new MoveRefusedException(MoveRecord.Offers, $"'{code}' is no security that is known.")
                : throw new MoveRefusedException(MoveRecord.Offers, $"'{one}' is not CODE=N."))];
    }

    /// <summary>A node by id, or by a number of the broker's; null where none is known.</summary>
    public static NodeId? Known(OpeningRow row, string text, IEnumerable<string> types)
    {
        var nodes = row.Draft.Market.Snapshot.Nodes;
        if (NodeId.TryParse(text, out var id) && types.Contains(id.Type)) return nodes.Find(id) >= 0 ? id : null;
        if (row.Broker is not { } broker) return null;
        foreach (var type in types)
            if (nodes.Find(new NodeId(type, $"{SourceOwner.SourceOf(broker.Key)}:{text}")) >= 0) return new NodeId(type, $"{SourceOwner.SourceOf(broker.Key)}:{text}");
        return null;
    }
}
