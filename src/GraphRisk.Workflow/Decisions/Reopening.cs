using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Store;

namespace GraphRisk.Workflow.Decisions;

/// <summary>
/// What an upheld complaint makes of the decision it is about: the case is open again, with the same change set, by a move of the platform's that names the complaint, so that the client and the broker read of it in
/// the case itself; who decided before does not decide again (<see cref="CaseHistory.DecidedBefore"/>). Kinds whose table has no such move, and cases that have gone on meanwhile to a state it does not lead on
/// from, stay as they are.
/// </summary>
public static class Reopening
{
    /// <summary>The move.</summary>
    public const string Move = "reopen";

    /// <summary>The changes that open the decision again; none where the move upholds no complaint of a decision.</summary>
    /// <param name="store">The store.</param>
    /// <param name="complaint">The complaint.</param>
    /// <param name="move">What is done in it.</param>
    /// <param name="day">Day from which on it is so.</param>
    /// <param name="version">Version of the store it rests on.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async ValueTask<ImmutableArray<Change>> OfAsync(IGraphStore store, FiledCase complaint, MadeMove move, DateOnly day, long version, CancellationToken cancellation = default)
    {
        if (move.To != "UPHELD" || !complaint.Content.TryGet("about", out var about) || about.AsString() != "DECISION") return [];
        if (ComplaintFacts.DecidedBy(complaint) is not { } id || CaseKind.Find(id.Type) is not { } kind || await CaseFacts.ReadAsync(store, id, version, cancellation) is not { } filed) return [];
        var reference = complaint.Content.TryGet("reference", out var said) ? said.AsString() : complaint.Id.Key;
        var asked = new MoveAsked(Move, new Mover(CasePart.Platform, null, null), $"{Move} {reference}", Properties.Of(
            ("reason", PropertyValue.Of($"投诉{reference}成立，由他人重新决定。Complaint {reference} was upheld: somebody else decides again.")), ("document", PropertyValue.Of(reference))));
        return CaseEngine.Decide(kind.Table, filed.History, asked, move.At) is { IsNew: true, Made: { } made } ? [.. CaseFacts.Moved(kind, filed, made, null, day)] : [];
    }
}
