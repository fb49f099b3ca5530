using GraphRisk.Graph.Facts;
using GraphRisk.Market.Publishing;
using GraphRisk.Stores.Neo4j.Layout;

namespace GraphRisk.Stores.Neo4j.Publishing;

/// <summary>Rows by which a publication is written, as Neo4j's own types. Every node has a <c>name</c> for people.</summary>
internal static class DerivedRows
{
    /// <param name="party">The party.</param>
    /// <param name="fields">Every field a party may have: what is not believed any more goes from the node, and what others put there stays.</param>
    public static Dictionary<string, object?> Party(PublishedParty party, IEnumerable<string> fields)
    {
        var shown = NativeProperties.Of(party.Believed);
        foreach (var field in fields) shown.TryAdd(field, null);
        if (shown["name"] is null) shown.Remove("name");
        shown["readings"] = party.Readings.IsEmpty ? null : party.Readings.ToArray();
        shown["id"] = party.Id.ToString();
        shown["type"] = party.Id.Type;
        shown["isClient"] = party.IsClient;
        shown.TryAdd("name", party.Id.Key);
        return Node(party.Id.ToString(), shown);
    }

    public static Dictionary<string, object?> Score(PublishedScore score, Publication of) => Node($"score of {score.Party}", new()
    {
        ["name"] = FormattableString.Invariant($"{score.Grade} {score.Score}"),
        ["score"] = score.Score,
        ["grade"] = score.Grade,
        ["probabilityOfDefault"] = score.ProbabilityOfDefault,
        ["baselinePoints"] = score.BaselinePoints,
        ["ownPoints"] = score.OwnPoints,
        ["contagionPoints"] = score.ContagionPoints,
        ["hasDebt"] = score.HasDebt,
        ["modelVersion"] = of.ModelVersion,
        ["asOf"] = of.Stamp.AsOfDay,
    });

    public static Dictionary<string, object?> Group(PublishedGroup group, Publication of) => Node(IdOf(group), new()
    {
        ["name"] = FormattableString.Invariant($"{group.Kind} of {group.Members.Length}"),
        ["kind"] = group.Kind,
        ["key"] = group.Key.ToString(),
        ["members"] = group.Members.Length,
        ["asOf"] = of.Stamp.AsOfDay,
    });

    public static Dictionary<string, object?> Finding(PublishedFinding finding, Publication of) => Node(IdOf(finding), new()
    {
        ["name"] = finding.Kind,
        ["kind"] = finding.Kind,
        ["detail"] = finding.Detail,
        ["amount"] = Number(finding.Amount),
        ["asOf"] = of.Stamp.AsOfDay,
    });

    public static Dictionary<string, object?> Standing(PublishedStanding standing) => Between(
        standing.Party.ToString(), standing.Broker.Key, "", new()
        {
            ["contracts"] = standing.Contracts,
            ["debt"] = (double)standing.Debt,
            ["marginDebt"] = (double)standing.MarginDebt,
            ["pledgeDebt"] = (double)standing.PledgeDebt,
            ["repoDebt"] = (double)standing.RepoDebt,
            ["collateral"] = (double)standing.Collateral,
            ["uncovered"] = (double)standing.Uncovered,
        });

    public static Dictionary<string, object?> Tie(PublishedTie tie) => Between(tie.From.ToString(), tie.To.ToString(), tie.Key, new()
    {
        ["strength"] = tie.Strength ?? 0.0,
        ["share"] = Number(tie.Share),
        ["shareMin"] = Number(tie.ShareMin),
        ["shareMax"] = Number(tie.ShareMax),
        ["votes"] = Number(tie.Votes),
        ["amount"] = Number(tie.Amount),
        ["isUltimate"] = tie.IsUltimate,
        ["isDirect"] = tie.IsDirect,
        ["via"] = tie.Via?.ToString(),
    });

    public static Dictionary<string, object?> Record(PublishedParty party, NodeId record) =>
        new() { ["party"] = party.Id.ToString(), ["key"] = record.Key };

    public static Dictionary<string, object?> Between(string start, string end) => Between(start, end, "", []);

    public static string IdOf(PublishedGroup group) => $"{group.Kind} {group.Key}";

    public static string IdOf(PublishedFinding finding) => $"{finding.Kind} {finding.Parties[0]}";

    private static Dictionary<string, object?> Node(string id, Dictionary<string, object?> shown)
    {
        shown["id"] = id;
        return new() { ["id"] = id, ["shown"] = shown };
    }

    private static Dictionary<string, object?> Between(string start, string end, string key, Dictionary<string, object?> shown)
    {
        var id = key.Length == 0 ? $"{start}>{end}" : $"{start}>{end}>{key}";
        shown["id"] = id;
        return new() { ["start"] = start, ["end"] = end, ["id"] = id, ["shown"] = shown };
    }

    private static double? Number(decimal? value) => (double?)value;
}
