using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Workflow.Decisions.Replay;

/// <summary>Complaints as rows: about the score, a case with a decision by its number, or a field of a record that belongs to the client or stands in a relationship to it.</summary>
internal static class ComplaintOpening
{
    /// <summary>Reads a complaint.</summary>
    public static async ValueTask<CaseOpening> ReadAsync(OpeningRow row)
    {
        var (cells, type) = (row.Row, row.Type);
        var terms = TermsOf(row, cells.Needed(type, "about").AsString(), cells.Needed(type, "text").AsString());
        var broker = ComplaintFacts.BrokerFor(terms);
        if (broker != row.Broker?.ToString())
            throw new MoveRefusedException(MoveRecord.Broker, broker is null ? "decides on no such complaint: the supervisor does, and no broker is named." : $"is not {broker}, which decides on it.");
        var client = broker is null ? ReplayParties.PartyOf(row, MoveRecord.Client, cells.Need(MoveRecord.Client)) : ReplayParties.ClientOf(row, row.Broker!.Value);
        if (terms.Record is { } record && !await row.IsKnown(new CaseParties(client.ToString(), broker))) RequireItsOwn(row, client, record);
        if (terms is { Record: { } disputed, Field: { } field })
            terms = terms with { Value = await Correction.StatedAsync(row.Draft.Store, disputed, field, Validity.CloseOf(row.On), row.Draft.Version, row.Cancellation) };
        return ComplaintFacts.Opening(new CaseParties(client.ToString(), broker), terms, row.On, row.Draft.Calendar);
    }

    /// <summary>Adds what the program knows to a move: the new last day, and who must not decide.</summary>
    public static async ValueTask<MoveAsked> CompletedAsync(MovingRow row) => row.Asked with
    {
        Carried = Properties.Of([.. row.Asked.Carried, .. ComplaintFacts.Computed(row.Filed, row.Asked.Move, row.Draft.Calendar)]),
        Others = ComplaintFacts.OthersOf(ComplaintFacts.DecidedBy(row.Filed) is { } decided ? await row.Draft.CaseAsync(decided, row.Cancellation) : null),
    };

    private static ComplaintTerms TermsOf(OpeningRow row, string about, string text)
    {
        var (cells, subject) = (row.Row, row.Row[MoveRecord.Subject]);
        if (about == "SCORE")
            return subject is null && cells["disputedField"] is null ? new ComplaintTerms(about, text, null, null) : throw new MoveRefusedException(MoveRecord.Subject, "is none of a score's.");
        if (subject is null) throw new MoveRefusedException(MoveRecord.Subject, "is needed.");
        if (about == "DECISION")
        {
            if (cells["disputedField"] is not null) throw new MoveRefusedException("disputedField", "is none of a decision's.");
            var id = CaseKind.All.Select(kind => row.Draft.Numbers.Find(kind.NodeType, row.Broker?.ToString(), subject)).FirstOrDefault(found => found is not null);
            return new ComplaintTerms(about, text, id ?? throw new MoveRefusedException(MoveRecord.Subject, $"'{subject}' is the number of no case."), null);
        }

        var catalog = row.Draft.Store.Catalog;
        var record = ReplayParties.Known(row, subject, catalog.NodeTypes.Select(node => node.Name)) ?? throw new MoveRefusedException(MoveRecord.Subject, $"'{subject}' is no record that is known.");
        var named = cells.Need("disputedField").Split('.');
        return named is [var of, var field] && of == record.Type && catalog.Node(record.Type).FindField(field) is not null
            ? new ComplaintTerms(about, text, record, field) : throw new MoveRefusedException("disputedField", $"is no field of the record, written {record.Type}.FIELD.");
    }

    /// <summary>A complaint is about what is the client's: a case of its own, a record that belongs to it, or one that stands in a relationship to it, such as an entry of a list.</summary>
    private static void RequireItsOwn(OpeningRow row, NodeId client, NodeId record)
    {
        var snapshot = row.Draft.Market.Snapshot;
        var (owner, node) = (snapshot.Nodes.Find(client), snapshot.Nodes.Find(record));
        if (node < 0) return;
        var type = snapshot.Nodes.TypeOf(node);
        var subject = type.IsParty ? node : Belonging.Of(type) is { } belonging ? Belonging.First(snapshot, node, belonging.ToParty.AsSpan()) : -1;
        if (subject != owner && (subject >= 0 || !snapshot.Relationships.Any(table => table.Out.Neighbours(owner).Contains(node) || table.In.Neighbours(owner).Contains(node))))
            throw new MoveRefusedException(MoveRecord.Subject, $"'{record}' is no record of {client}.");
    }
}
