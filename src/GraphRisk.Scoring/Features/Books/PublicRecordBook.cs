using GraphRisk.Graph.Snapshots;
using GraphRisk.Scoring.Features.Reading;

namespace GraphRisk.Scoring.Features.Books;

/// <summary>What lists, regulators and courts say of a party at the as-of date.</summary>
/// <param name="DishonestEntries">Entries as dishonest debtor whose term runs and that were not removed.</param>
/// <param name="OtherEntries">Other entries in force: enforcement, restriction, disqualification, sanction.</param>
/// <param name="Penalties">Decisions of the last three years.</param>
/// <param name="OpenInvestigations">Matters under investigation or prior notice.</param>
/// <param name="CasesAgainst">Court cases of the last three years in which the party is defendant or debtor.</param>
/// <param name="DaysSinceEntry">Days since the latest entry in force as dishonest debtor or under enforcement; NaN without one.</param>
internal readonly record struct PublicRecord(
    int DishonestEntries, int OtherEntries, int Penalties, int OpenInvestigations, int CasesAgainst, double DaysSinceEntry);

/// <summary>
/// The public record of every party. An entry counts only within its term: from publication on, up to and including
/// its last day, and no more from the day of its removal. A matter withdrawn counts no more.
/// </summary>
internal sealed class PublicRecordBook
{
    private const int ThreeYears = 3 * 365;
    private static readonly string[] DebtorRoles = ["被告", "被执行人", "债务人", "被申请人", "被上诉人"];

    private readonly Snapshot _snapshot;
    private readonly int _today;
    private readonly Csr _listed;
    private readonly NameColumn _listKind;
    private readonly DayColumn _listedFrom;
    private readonly DayColumn _expires;
    private readonly DayColumn _removed;
    private readonly Csr _penalised;
    private readonly NameColumn _state;
    private readonly DayColumn _decided;
    private readonly RelationshipTable _cases;
    private readonly StringColumn? _role;
    private readonly DayColumn _filed;

    public PublicRecordBook(Snapshot snapshot)
    {
        _snapshot = snapshot;
        _today = snapshot.Stamp.AsOfDay.DayNumber;
        _listed = snapshot.Relationship("LISTED_AS").Out;
        _listKind = NameColumn.Of(snapshot, "Listing", "kind");
        _listedFrom = DayColumn.Of(snapshot, "Listing", "publishedOn");
        _expires = DayColumn.Of(snapshot, "Listing", "expiresOn");
        _removed = DayColumn.Of(snapshot, "Listing", "removedOn");
        _penalised = snapshot.Relationship("PENALISED").Out;
        _state = NameColumn.Of(snapshot, "Penalty", "state");
        _decided = DayColumn.Of(snapshot, "Penalty", "decidedOn");
        _cases = snapshot.Relationship("PARTY_TO");
        _role = (StringColumn?)_cases.ColumnOf("role");
        _filed = DayColumn.Of(snapshot, "CourtCase", "filedOn");
    }

    public PublicRecord Read(int node)
    {
        var (dishonest, other, sinceEntry) = Listings(node);
        var (penalties, open) = Penalties(node);
        return new PublicRecord(dishonest, other, penalties, open, CasesAgainst(node), sinceEntry);
    }

    private (int Dishonest, int Other, double SinceEntry) Listings(int node)
    {
        int dishonest = 0, other = 0;
        var since = double.NaN;
        foreach (var listing in _listed.Neighbours(node))
        {
            var row = _snapshot.Nodes.RowOf(listing);
            if (!InForce(row))
                continue;
            if (_listKind[row] == "DISHONEST_DEBTOR")
                dishonest++;
            else
                other++;
            if (_listKind[row] is "DISHONEST_DEBTOR" or "ENFORCEMENT" && _listedFrom[row] != DayColumn.None)
                since = Numbers.Least(since, _today - _listedFrom[row]);
        }
        return (dishonest, other, since);
    }

    private bool InForce(int row) =>
        (_listedFrom[row] == DayColumn.None || _listedFrom[row] <= _today)
        && (_expires[row] == DayColumn.None || _expires[row] >= _today)
        && (_removed[row] == DayColumn.None || _removed[row] > _today);

    private (int Decided, int Open) Penalties(int node)
    {
        int decided = 0, open = 0;
        foreach (var penalty in _penalised.Neighbours(node))
        {
            var row = _snapshot.Nodes.RowOf(penalty);
            if (_state[row] == "DECISION" && (_decided[row] == DayColumn.None || _decided[row] > _today - ThreeYears))
                decided++;
            else if (_state[row] is "INVESTIGATION" or "PRIOR_NOTICE")
                open++;
        }
        return (decided, open);
    }

    private int CasesAgainst(int node)
    {
        var against = 0;
        var (start, end) = _cases.Out.Range(node);
        for (var edge = start; edge < end; edge++)
        {
            var filed = _filed[_snapshot.Nodes.RowOf(_cases.Out.Targets[edge])];
            var isRecent = filed == DayColumn.None || filed > _today - ThreeYears;
            if (isRecent && _role?.Text(edge) is { } role && DebtorRoles.Contains(role, StringComparer.Ordinal))
                against++;
        }
        return against;
    }
}
