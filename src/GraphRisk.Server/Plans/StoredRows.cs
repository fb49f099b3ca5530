using GraphRisk.Graph.Snapshots;
using GraphRisk.Server.Budget;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Plans;

/// <summary>
/// Nodes of one type whose fields are read from columns. Access is decided once for a column and a standing, what must be filed is recorded once for a row, and
/// the whole is charged in one go. A value that is shown as it is stays in its column until it is written, so no object is made of it.
/// <para>
/// Rows are read this way only where nothing can go wrong on the way: no field refused, the budget enough for all of them. Else the caller reads them field by
/// field, and refusals, charges and errors come as they do there.
/// </para>
/// </summary>
internal sealed class StoredRows
{
    private readonly StoredCells[] columns;
    private readonly int[] rows;

    private StoredRows(StoredCells[] columns, int[] rows) => (this.columns, this.rows) = (columns, rows);

    /// <summary>Writes a field of a row.</summary>
    public void Write(ref JsonText json, int field, int row) => columns[field].Write(ref json, row, rows[row]);

    /// <summary>Reads objects of which the same is asked; gives back those that must be read field by field, null where there are none.</summary>
    public static async ValueTask<List<AnswerObject>?> ReadAsync(PlannedQuestion question, List<AnswerObject> objects)
    {
        var (request, plan) = (question.Request, objects[0].Plan);
        if (request.Viewer.Role == Role.Anonymous || objects[0].Source is not NodeHandle first) return objects;
        var nodes = new NodeHandle[objects.Count];
        for (var at = 0; at < nodes.Length; at++)
        {
            if (objects[at].Source is not NodeHandle node || node.View.Snapshot != first.View.Snapshot) return objects;
            nodes[at] = node;
        }

        var subjects = SubjectsOf(plan, request.Viewer, nodes);
        var standings = await StandingsAsync(question, subjects, nodes.Length).ConfigureAwait(false);
        if (Decisions.Of(plan, request.Viewer, standings) is not { } decisions) return objects;
        var read = new StoredRows(new StoredCells[plan.Fields.Length], RowsOf(first.View.Snapshot, nodes));
        var bytes = 0L;
        for (var at = 0; at < plan.Fields.Length; at++)
        {
            if (StoredCells.Of(plan.Fields[at], first.View.Snapshot.Nodes, read.rows, standings, decisions[at], question) is not { } cells) return objects;
            read.columns[at] = cells;
            bytes += (nodes.Length * (MeteredResolver.BytesOfPunctuation + (long)plan.Fields[at].Name.Length)) + cells.Characters;
        }

        if (!request.Budget.TryCharge((CostUnit.Fields, (long)nodes.Length * plan.Fields.Length), (CostUnit.Bytes, bytes))) return objects;
        decisions.Record(request.Ledger, subjects, standings);
        for (var at = 0; at < nodes.Length; at++) (objects[at].Rows, objects[at].Row) = (read, at);
        return null;
    }

    private static int[] RowsOf(Snapshot snapshot, NodeHandle[] nodes)
    {
        var rows = new int[nodes.Length];
        for (var at = 0; at < rows.Length; at++) rows[at] = snapshot.Nodes.RowOf(nodes[at].Number);
        return rows;
    }

    /// <summary>Whom the rows are about; null where neither access nor filing looks at it.</summary>
    private static string?[]? SubjectsOf(PlannedObject plan, Viewer viewer, NodeHandle[] nodes)
    {
        var isLookedAt = AccessPolicy.DependsOnSubject(viewer.Role)
            || Array.Exists(plan.Fields, field => field.Stored!.Access.Level >= AccessPolicy.Filed || field.Stored.Access.Mask != Graph.Schema.MaskKind.None);
        return isLookedAt ? Array.ConvertAll(nodes, node => node.Subject) : null;
    }

    private static async ValueTask<Standing[]> StandingsAsync(PlannedQuestion question, string?[]? subjects, int count)
    {
        var standings = new Standing[count];
        Array.Fill(standings, Standing.Visible);
        if (subjects is null || !AccessPolicy.DependsOnSubject(question.Request.Viewer.Role)) return standings;
        for (var at = 0; at < count; at++)
        {
            if (subjects[at] is not { } subject) continue;
            var standing = await question.Request.StandingTo(subject, question.Grounds.Standings, question.Cancellation).ConfigureAwait(false);
            if (standing != Standing.Unknown) standings[at] = standing; // As GuardedResolver has it of what an answer already holds.
        }

        return standings;
    }

    /// <summary>What the viewer may do with each field at each standing that a row has.</summary>
    internal sealed class Decisions
    {
        private readonly AccessDecision[][] byField;
        private readonly PlannedObject plan;

        private Decisions(PlannedObject plan, AccessDecision[][] byField) => (this.plan, this.byField) = (plan, byField);

        /// <summary>The decisions on a field, by standing.</summary>
        public AccessDecision[] this[int field] => byField[field];

        /// <summary>The decisions; null where a field is refused.</summary>
        public static Decisions? Of(PlannedObject plan, Viewer viewer, Standing[] standings)
        {
            var met = new bool[Enum.GetValues<Standing>().Length];
            foreach (var standing in standings) met[(int)standing] = true;
            var byField = new AccessDecision[plan.Fields.Length][];
            for (var field = 0; field < byField.Length; field++)
            {
                var stored = plan.Fields[field].Stored!;
                byField[field] = new AccessDecision[met.Length];
                for (var standing = 0; standing < met.Length; standing++)
                {
                    if (!met[standing]) continue;
                    var decision = AccessPolicy.Decide(viewer, new AccessQuestion((Standing)standing, stored.Access.Level!.Value, stored.Kind, Grant.NotNeeded));
                    if (decision.Code is not null) return null;
                    byField[field][standing] = decision;
                }
            }

            return new Decisions(plan, byField);
        }

        /// <summary>Records what must be filed.</summary>
        public void Record(ReadLedger ledger, string?[]? subjects, Standing[] standings)
        {
            var filed = new (string[] Fields, bool Unmasked)?[byField[0].Length];
            for (var at = 0; at < standings.Length && subjects is not null; at++)
            {
                var (fields, unmasked) = filed[(int)standings[at]] ??= FiledAt((int)standings[at]);
                if (fields.Length > 0) ledger.Record(fields, subjects[at] ?? ReadLedger.Unknown, unmasked);
            }
        }

        private (string[] Fields, bool Unmasked) FiledAt(int standing)
        {
            var (fields, anyUnmasked) = (new List<string>(), false);
            for (var field = 0; field < byField.Length; field++)
            {
                var stored = plan.Fields[field].Stored!;
                var unmasked = byField[field][standing].Revealed && stored.Access.Mask != Graph.Schema.MaskKind.None;
                if (stored.Access.Level >= AccessPolicy.Filed || unmasked) fields.Add(stored.FullName);
                anyUnmasked |= unmasked;
            }

            return ([.. fields], anyUnmasked);
        }
    }
}
