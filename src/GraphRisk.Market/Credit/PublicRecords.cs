using GraphRisk.Graph.Snapshots;
using GraphRisk.Market.Columns;

namespace GraphRisk.Market.Credit;

/// <summary>What lists, regulators and courts say of a party at the as-of date.</summary>
/// <param name="DishonestEntries">Entries as dishonest debtor whose term runs and that were not removed.</param>
/// <param name="OtherEntries">Other entries in force: enforcement, restriction, disqualification, sanction.</param>
/// <param name="Penalties">Decisions of the last three years.</param>
/// <param name="OpenInvestigations">Matters under investigation or prior notice.</param>
/// <param name="CasesAgainst">Court cases of the last three years in which the party is defendant or debtor.</param>
/// <param name="IsListedAsDefaulter">An entry as dishonest debtor or under enforcement is in force, dated or not.</param>
/// <param name="DaysSinceEntry">Days since the latest such entry; NaN without one, and where none is dated.</param>
public readonly record struct PublicRecord(
    int DishonestEntries, int OtherEntries, int Penalties, int OpenInvestigations, int CasesAgainst, bool IsListedAsDefaulter, double DaysSinceEntry);

/// <summary>
/// The public record of every party. An entry counts only within its term: from publication on, up to and including
/// its last day, and no more from the day of its removal. A matter withdrawn counts no more. Point reads; thread-safe.
/// </summary>
public sealed class PublicRecords
{
    private const int ThreeYears = 3 * 365;
    private static readonly string[] DebtorRoles = ["被告", "被执行人", "债务人", "被申请人", "被上诉人"];

    private readonly Snapshot snapshot;
    private readonly int today;
    private readonly Csr listed;
    private readonly NameColumn listKind;
    private readonly DayColumn listedFrom;
    private readonly DayColumn expires;
    private readonly DayColumn removed;
    private readonly Csr penalised;
    private readonly NameColumn state;
    private readonly DayColumn decided;
    private readonly RelationshipTable cases;
    private readonly StringColumn? role;
    private readonly DayColumn filed;

    public PublicRecords(Snapshot snapshot)
    {
        this.snapshot = snapshot;
        today = snapshot.Stamp.AsOfDay.DayNumber;
        listed = snapshot.Relationship("LISTED_AS").Out;
        listKind = NameColumn.Of(snapshot, "Listing", "kind");
        listedFrom = DayColumn.Of(snapshot, "Listing", "publishedOn");
        expires = DayColumn.Of(snapshot, "Listing", "expiresOn");
        removed = DayColumn.Of(snapshot, "Listing", "removedOn");
        penalised = snapshot.Relationship("PENALISED").Out;
        state = NameColumn.Of(snapshot, "Penalty", "state");
        decided = DayColumn.Of(snapshot, "Penalty", "decidedOn");
        cases = snapshot.Relationship("PARTY_TO");
        role = (StringColumn?)cases.ColumnOf("role");
        filed = DayColumn.Of(snapshot, "CourtCase", "filedOn");
    }

    /// <summary>The record of a party.</summary>
    public PublicRecord Of(int node)
    {
        var (dishonest, other, isDefaulter, sinceEntry) = Listings(node);
        var (penalties, open) = Penalties(node);
        return new PublicRecord(dishonest, other, penalties, open, CasesAgainst(node), isDefaulter, sinceEntry);
    }

    /// <summary>The entries of a party that are in force, by node, each once, with the kind of list.</summary>
    public IEnumerable<(int Entry, string? Kind)> EntriesInForce(int party)
    {
        foreach (var entry in listed.Neighbours(party).ToArray().Distinct())
        {
            var row = snapshot.Nodes.RowOf(entry);
            if (InForce(row)) yield return (entry, listKind[row]);
        }
    }

    private (int Dishonest, int Other, bool IsDefaulter, double SinceEntry) Listings(int node)
    {
        int dishonest = 0, other = 0;
        var (isDefaulter, since) = (false, double.NaN);
        foreach (var (entry, kind) in EntriesInForce(node))
        {
            if (kind == "DISHONEST_DEBTOR")
                dishonest++;
            else
                other++;
            if (kind is not ("DISHONEST_DEBTOR" or "ENFORCEMENT"))
                continue;
            isDefaulter = true;
            if (listedFrom[snapshot.Nodes.RowOf(entry)] is var day and not DayColumn.None)
                since = Numbers.Least(since, today - day);
        }
        return (dishonest, other, isDefaulter, since);
    }

    private bool InForce(int row) =>
        (listedFrom[row] == DayColumn.None || listedFrom[row] <= today)
        && (expires[row] == DayColumn.None || expires[row] >= today)
        && (removed[row] == DayColumn.None || removed[row] > today);

    private (int Decided, int Open) Penalties(int node)
    {
        int decided = 0, open = 0;
        foreach (var penalty in penalised.Neighbours(node).ToArray().Distinct())
        {
            var row = snapshot.Nodes.RowOf(penalty);
            if (state[row] == "DECISION" && (this.decided[row] == DayColumn.None || this.decided[row] > today - ThreeYears))
                decided++;
            else if (state[row] is "INVESTIGATION" or "PRIOR_NOTICE")
                open++;
        }
        return (decided, open);
    }

    private int CasesAgainst(int node)
    {
        var (against, last) = (0, -1);
        var (start, end) = cases.Out.Range(node);
        for (var edge = start; edge < end; edge++)
        {
            var matter = cases.Out.Target(edge);
            var filed = this.filed[snapshot.Nodes.RowOf(matter)];
            var isRecent = filed == DayColumn.None || filed > today - ThreeYears;
            if (matter == last || !isRecent || this.role?.Text(edge) is not { } role || !DebtorRoles.Contains(role, StringComparer.Ordinal))
                continue;
            last = matter; // two records of a party may both be named in one case
            against++;
        }
        return against;
    }
}
