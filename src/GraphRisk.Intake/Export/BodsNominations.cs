using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Algorithms.Ownership.Charts;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Intake.Export;

/// <summary>
/// Who holds for whom on a chart, in the words of the standard: an arrangement of nomination has a nominee and nominators. What holds as nominee
/// and is no arrangement gets one of its own, unless nobody names for whom it holds: then it holds for itself, as far as is known.
/// </summary>
internal sealed class BodsNominations
{
    private readonly Snapshot snapshot;
    private readonly OwnershipChart chart;
    private readonly SortedDictionary<int, SortedSet<int>> nominators = [];
    private readonly HashSet<int> arrangements = [];
    private readonly SortedSet<int> own = [];

    public BodsNominations(Snapshot snapshot, OwnershipChart chart)
    {
        (this.snapshot, this.chart) = (snapshot, chart);
        foreach (var tie in chart.Ties)
        {
            if (tie.Word.Equals(OwnershipWords.Nominator, StringComparison.OrdinalIgnoreCase)) Add(tie.Subject, tie.Party);
            if (!tie.Word.Equals(OwnershipWords.Nominee, StringComparison.OrdinalIgnoreCase)) continue;
            if (IsArrangement(tie.Subject)) arrangements.Add(tie.Subject);
            else Add(tie.Party, tie.Subject);
        }

        arrangements.UnionWith(nominators.Keys.Where(IsArrangement));
        own.UnionWith(chart.Holdings.Where(holding => HoldsThroughOwn(holding.Edge, holding.Holder)).Select(holding => holding.Holder));
    }

    /// <summary>Nominees that get an arrangement of their own, ascending.</summary>
    public IEnumerable<int> Own => own;

    /// <summary>Holdings as nominee for nobody that is named.</summary>
    public int Unnamed => chart.Holdings.Count(holding => IsNominee(holding.Edge) && !nominators.ContainsKey(holding.Holder));

    /// <summary>The record of the arrangement that a nominee gets.</summary>
    public static string RecordOf(string nominee) => $"{nominee}/nomination";

    /// <summary>Whether a party is an arrangement of nomination.</summary>
    public bool IsNomination(int party) => arrangements.Contains(party);

    /// <summary>Whether a holding is the arrangement's that its holder gets.</summary>
    public bool HoldsThroughOwn(int edge, int holder) => IsNominee(edge) && !arrangements.Contains(holder) && nominators.ContainsKey(holder);

    /// <summary>All ties, with records and the type of interest that says each.</summary>
    public IEnumerable<(string Party, string Subject, string Type)> Ties(Func<int, string> recordOf)
    {
        foreach (var nominee in own)
        {
            yield return (recordOf(nominee), RecordOf(recordOf(nominee)), OwnershipWords.Nominee);
            foreach (var nominator in nominators[nominee]) yield return (recordOf(nominator), RecordOf(recordOf(nominee)), OwnershipWords.Nominator);
        }

        foreach (var tie in chart.Ties.Where(tie => !IsLeftOut(tie)))
        {
            // A subject is an entity; publishers turn a tie between an arrangement and a person around.
            var (party, subject) = IsPerson(tie.Subject) ? (tie.Subject, tie.Party) : (tie.Party, tie.Subject);
            yield return (recordOf(party), recordOf(subject), OwnershipWords.InterestOf(tie.Word));
        }
    }

    /// <summary>Ties that are about no arrangement and no holding as nominee.</summary>
    public int WithoutHolding => chart.Ties.Count(tie => IsLeftOut(tie) && !own.Contains(tie.Subject) && !own.Contains(tie.Party));

    /// <summary>Whether no entity is the subject of a tie: of nominees that are persons their own arrangement says it.</summary>
    private bool IsLeftOut(ChartTie tie) => IsPerson(tie.Subject) && (IsPerson(tie.Party) || OwnershipWords.IsNomination(tie.Word));

    private bool IsPerson(int party) => snapshot.Nodes.TypeOf(party).Name == "Person";

    private bool IsNominee(int edge) => snapshot.Relationship("HOLDS").Get(edge, "nominee")?.AsBoolean() == true;

    private bool IsArrangement(int party) => snapshot.Nodes.Get(party, "kind")?.AsString() == "ARRANGEMENT";

    private void Add(int nominee, int nominator)
    {
        if (nominee == nominator) return;
        if (!nominators.TryGetValue(nominee, out var known)) nominators.Add(nominee, known = []);
        known.Add(nominator);
    }
}
