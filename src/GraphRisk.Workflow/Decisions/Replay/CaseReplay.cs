using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Store;
using GraphRisk.Market;
using GraphRisk.Market.Calendar;

namespace GraphRisk.Workflow.Decisions.Replay;

/// <summary>
/// Takes in moves that another system has made, row by row in their order, through the tables and the engine that moves made here go through: who may, what must be carried, four eyes, terms, what is computed. A move has the
/// instant of its row and becomes known when it is recorded. A row that cannot stand is refused and ends nothing but itself, and what leads on from it. A row is known by the numbers of its case and move in the other system, so
/// the same delivery doubles nothing. An upheld complaint corrects its record as one upheld here does; nobody is told of it, since who had received the value stands in the trail of the other system.
/// <para>Rows are appended some hundred together, resting on the version they were decided on. Cost: the moves of the cases that are met, and a reading of the market.</para>
/// </summary>
/// <param name="store">The store.</param>
/// <param name="market">The market as it is known, as of when everything in it has begun.</param>
/// <param name="calendar">Working and trading days.</param>
/// <param name="recordedAt">When the rows become known.</param>
public sealed class CaseReplay(IGraphStore store, MarketReading market, WorkingCalendar calendar, DateTimeOffset recordedAt)
{
    private const int RowsTogether = 200;
    private const int Attempts = 50;

    private readonly CaseNumbers numbers = CaseNumbers.Of(market.Snapshot);

    /// <summary>Goes through a delivery.</summary>
    /// <param name="name">What it is called, for who wrote the facts.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="cancellation">Stops between two appends; what was appended stays.</param>
    public async Task<ReplayReport> RunAsync(string name, IReadOnlyList<MoveRecord> rows, CancellationToken cancellation = default)
    {
        var report = new ReplayReport(rows.Count, 0, 0, 0, []);
        for (var first = 0; first < rows.Count;)
        {
            cancellation.ThrowIfCancellationRequested();
            var next = first;
            // A verdict rests on the store as all before it left it, and what follows on the record as it corrected it.
            while (next < rows.Count && next - first < RowsTogether && rows[next++][MoveRecord.Move] != "uphold")
            {
            }

            var some = await AppendAsync(name, [.. rows.Skip(first).Take(next - first)], cancellation);
            report = report with { Made = report.Made + some.Made, Opened = report.Opened + some.Opened, Known = report.Known + some.Known, Refused = report.Refused.AddRange(some.Refused) };
            first = next;
        }

        return report;
    }

    private async Task<ReplayReport> AppendAsync(string name, IReadOnlyList<MoveRecord> rows, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var draft = new ReplayDraft(store, market, calendar, (await store.GetVersionAsync(cancellation)).Number, numbers);
            var done = await DecideAsync(rows, draft, cancellation);
            var id = $"replay {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', draft.Made))))}";
            try
            {
                if (draft.Changes.Count > 0) await store.AppendAsync(new ChangeSet(id, recordedAt, $"cases replay {name}", [.. draft.Changes]) { ExpectedVersion = draft.Version }, cancellation);
                draft.Numbers.Settle();
                return done;
            }
            catch (VersionConflictException) when (attempt < Attempts)
            {
                // Somebody wrote between: the rows are decided anew on what is there now.
            }
        }
    }

    private async Task<ReplayReport> DecideAsync(IReadOnlyList<MoveRecord> rows, ReplayDraft draft, CancellationToken cancellation)
    {
        var (refused, made, opened, known) = (ImmutableArray.CreateBuilder<RefusedMove>(), 0, 0, 0);
        foreach (var row in rows)
        {
            try
            {
                var decision = await DecideAsync(row, draft, cancellation);
                if (decision.Refusal is { } refusal) refused.Add(new RefusedMove(row, refusal.Field, refusal.Reason));
                else if (!decision.IsNew) known++;
                else (made, opened) = (made + 1, opened + (decision.Made!.Serial == 1 ? 1 : 0));
            }
            catch (MoveRefusedException fault)
            {
                refused.Add(new RefusedMove(row, fault.Field, fault.Message));
            }
            catch (YearWithoutCalendarException fault)
            {
                refused.Add(new RefusedMove(row, MoveRecord.At, fault.Message));
            }
        }

        return new ReplayReport(rows.Count, made, opened, known, refused.ToImmutable());
    }

    private async ValueTask<MoveDecision> DecideAsync(MoveRecord row, ReplayDraft draft, CancellationToken cancellation)
    {
        if (ReplayKind.Find(row.Need(MoveRecord.Kind)) is not { } kind)
            throw new MoveRefusedException(MoveRecord.Kind, $"'{row[MoveRecord.Kind]}' is none of {string.Join(", ", ReplayKind.All.Select(one => one.Kind.NodeType))}.");
        var (at, broker) = (row.Instant(), ReplayParties.BrokerOf(row, draft));
        if (at > recordedAt) throw new MoveRefusedException(MoveRecord.At, "is an instant to come.");
        var (number, move) = (row.Need(MoveRecord.Case), row.Need(MoveRecord.Move));
        if (!kind.Kind.Table.Moves.Contains(move)) throw new MoveRefusedException(MoveRecord.Move, $"'{move}' is none of {string.Join(", ", kind.Kind.Table.Moves)}.");
        return kind.Kind.Table.Of(move).Any(one => one.Opens)
            ? await OpenAsync(row, kind, at, broker, number, draft, cancellation)
            : await MoveAsync(row, kind, at, broker, number, draft, cancellation);
    }

    private static async ValueTask<MoveDecision> OpenAsync(MoveRecord row, ReplayKind kind, DateTimeOffset at, NodeId? broker, string number, ReplayDraft draft, CancellationToken cancellation)
    {
        var day = WorkingCalendar.DayOf(at);
        var type = draft.Store.Catalog.Node(kind.Kind.NodeType);
        var opens = new OpeningRow(row, draft, broker, type, day, cancellation)
        {
            IsKnown = async parties => await draft.CaseAsync(CaseFacts.IdOf(kind.Kind, parties, new MoveAsked(row.Need(MoveRecord.Move), MoverOf(row, parties), number, Properties.None)), cancellation) is not null,
        };
        var opening = await kind.Opening(opens);
        var asked = CaseDesk.Whole(new MoveAsked(row.Need(MoveRecord.Move), MoverOf(row, opening.Parties), number, Carried(row, kind, kind.Content, draft)), opening);
        var id = CaseFacts.IdOf(kind.Kind, opening.Parties, asked);
        if (draft.Numbers.Find(kind.Kind.NodeType, opening.Parties.Broker, number) is { } other && other != id)
            throw new MoveRefusedException(MoveRecord.Case, $"'{number}' is the number of another case.");
        var filed = await draft.CaseAsync(id, cancellation);
        RequireTime(filed?.History, asked, at);
        if (filed is null && await kind.Beside(opens, opening) is { } fault) throw new MoveRefusedException(MoveRecord.Subject, fault);
        var decision = CaseEngine.Decide(kind.Kind.Table, filed?.History ?? CaseHistory.Unopened(opening.Parties), asked, at);
        if (decision is { IsNew: true, Made: { } made }) Note(row, kind.Kind, id, opening.Parties, made, CaseFacts.Opened(kind.Kind, id, opening, made, day), draft);
        if (decision.Refusal is null) draft.Numbers.Note(kind.Kind.NodeType, opening.Parties.Broker, number, id);
        return decision;
    }

    private static async ValueTask<MoveDecision> MoveAsync(MoveRecord row, ReplayKind kind, DateTimeOffset at, NodeId? broker, string number, ReplayDraft draft, CancellationToken cancellation)
    {
        if (draft.Numbers.Find(kind.Kind.NodeType, broker?.ToString(), number) is not { } id || await draft.CaseAsync(id, cancellation) is not { } filed)
            throw new MoveRefusedException(MoveRecord.Case, $"'{number}' is the number of no {kind.Kind.NodeType} of {broker?.Key ?? "the supervisor"}.");
        var (parties, day) = (filed.History.Parties, WorkingCalendar.DayOf(at));
        var asked = new MoveAsked(row.Need(MoveRecord.Move), MoverOf(row, parties), $"{number}/{row.Need(MoveRecord.Number)}", Carried(row, kind, [], draft));
        RequireTime(filed.History, asked, at);
        if (HappenedDay.FaultOf(kind.Kind, filed, asked.Carried, at) is { } fault && !filed.History.Moves.Any(one => one.Key == asked.Key)) throw new MoveRefusedException(HappenedDay.Field, fault);
        asked = kind.Kind.Again(filed.History, asked) ?? await kind.Completed(new MovingRow(asked, filed, draft, day, cancellation));
        var decision = CaseEngine.Decide(kind.Kind.Table, filed.History, asked, at);
        if (decision is not { IsNew: true, Made: { } made }) return decision;
        var consequence = kind.Kind == CaseKind.Complaint ? await Correction.OfAsync(draft.Store, filed, made, draft.Version, cancellation) : Consequence.None;
        if (consequence.Refusal is { } refusal) return new MoveDecision(null, false, refusal);
        Note(row, kind.Kind, id, parties, made, CaseFacts.Moved(kind.Kind, filed, made, null, day), draft);
        draft.Changes.AddRange(consequence.Changes);
        if (kind.Kind == CaseKind.Complaint) draft.Changes.AddRange(await Reopening.OfAsync(draft.Store, filed, made, day, draft.Version, cancellation));
        return decision;
    }

    private static void Note(MoveRecord row, CaseKind kind, NodeId id, CaseParties parties, MadeMove made, IEnumerable<Change> changes, ReplayDraft draft)
    {
        var all = changes.ToList();
        foreach (var change in all)
            if (FactCheck.Find(draft.Store.Catalog, change.Fact) is { } fault) throw new MoveRefusedException(fault.Field, fault.Reason);
        draft.Note(kind, id, parties, made, all, $"{row[MoveRecord.Case]}/{row[MoveRecord.Number] ?? "1"}");
    }

    /// <summary>A move is made once, and none before the one it leads on from.</summary>
    private static void RequireTime(CaseHistory? history, MoveAsked asked, DateTimeOffset at)
    {
        if (history?.Moves.FirstOrDefault(one => one.Key == asked.Key) is { } known)
        {
            if (known.At != at) throw new MoveRefusedException(MoveRecord.At, FormattableString.Invariant($"is not {known.At:yyyy-MM-dd'T'HH:mm:ss'Z'}, when the move of this number was made."));
        }
        else if (history is { Moves: [.., var last] } && at < last.At)
        {
            throw new MoveRefusedException(MoveRecord.At, FormattableString.Invariant($"lies before {last.At:yyyy-MM-dd'T'HH:mm:ss'Z'}, when move {last.Serial}, '{last.Move}', was made."));
        }
    }

    private static Mover MoverOf(MoveRecord row, CaseParties parties)
    {
        var role = row.Need(MoveRecord.Role);
        var part = Enum.GetValues<CasePart>().Cast<CasePart?>().FirstOrDefault(one => one.ToString()!.Equals(role, StringComparison.OrdinalIgnoreCase))
            ?? throw new MoveRefusedException(MoveRecord.Role, $"'{role}' is none of {string.Join(", ", Enum.GetNames<CasePart>().Select(name => name.ToUpperInvariant()))}.");
        if (part is CasePart.Officer or CasePart.Supervisor && string.IsNullOrEmpty(Mover.Told(row[MoveRecord.Person])))
            throw new MoveRefusedException(MoveRecord.Person, $"is needed: who made a move as {role} is named.");
        return new Mover(part, part switch { CasePart.Client => parties.Client, CasePart.Officer => parties.Broker, _ => null }, row[MoveRecord.Person]);
    }

    /// <summary>What a move carries: every cell that neither says what the row is nor belongs to what the case says of itself.</summary>
    private static Properties Carried(MoveRecord row, ReplayKind kind, ImmutableArray<string> content, ReplayDraft draft)
    {
        var type = draft.Store.Catalog.Node(CaseFacts.MoveType);
        var carried = new List<Property>();
        foreach (var column in row.Cells.Keys.Order(StringComparer.Ordinal).Where(column => !MoveRecord.Leading.Contains(column) && !content.Contains(column)))
        {
            if (type.FindField(column) is null || !IsCarried(column)) throw new MoveRefusedException(column, $"is nothing that '{row[MoveRecord.Move]}' carries.");
            if (kind.Kind.Computed.Contains(column)) throw new MoveRefusedException(column, "is computed, and nobody gives it.");
            carried.Add(new Property(column, row.Value(type, column)!.Value));
        }

        return Properties.Of(carried);

        bool IsCarried(string field) => kind.Kind.Table.Rows.Any(one => one.Move == row[MoveRecord.Move] && (one.Carries.Contains(field) || one.May.Contains(field)));
    }
}
