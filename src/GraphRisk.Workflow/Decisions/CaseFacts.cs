using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Store;
using GraphRisk.Market.Calendar;

namespace GraphRisk.Workflow.Decisions;

/// <summary>What a case is about when it is filed.</summary>
/// <param name="Parties">Whose it is.</param>
/// <param name="Content">Fields of its node type that say what is asked for.</param>
/// <param name="Ties">Relationships that start at it, beside those every case has: name, other end, properties.</param>
public sealed record CaseOpening(CaseParties Parties, Properties Content, ImmutableArray<(string Relationship, NodeId To, Properties Properties)> Ties)
{
    /// <summary>What the program adds to it, which does not tell one filing from another: a day that is counted from the filing.</summary>
    public Properties Added { get; init; } = Properties.None;

    /// <summary>What lay before who filed it, kept with the move that opens it; null where nothing did.</summary>
    public Briefing? Briefing { get; init; }

    /// <summary>SHA-256 of all that was filed, by which the same filing sent again is told from another.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', [Parties.Client, Parties.Broker ?? "", Content.ToString(), .. Ties.Select(tie => $"{tie.Relationship} {tie.To} {tie.Properties}").Order(StringComparer.Ordinal)]))));
}

/// <summary>
/// Cases as facts: a node for the case, one for each move, never changed, and what ties them to each other and to whose they are. A
/// broker's stand in a part of its own data set, so that it knows of them and no other broker does; the supervisor's in one of the platform's, which none of
/// confidential level is open of. The case's node is stated again with each move, from the day of it on; what it says of its state is what replaying its moves gives.
/// </summary>
public static class CaseFacts
{
    private const string Part = "/platform";
    private const string OfPlatform = "cases";

    /// <summary>The node type of moves.</summary>
    public const string MoveType = "CaseMove";

    /// <summary>The field of the opening move that tells one filing from another; nobody gives it.</summary>
    public const string ContentHash = "contentHash";

    private const decimal Reliability = 1m;

    /// <summary>Fields of a move that it does not carry but that say what it is.</summary>
    private static readonly ImmutableHashSet<string> Own = ["move", "serial", "fromState", "toState", "at", "part", "person", "commandKey", "againstAdvice"];

    /// <summary>Whether a field of a move says what it is, and is nothing it carries.</summary>
    public static bool IsOwn(string field) => Own.Contains(field);

    /// <summary>Relationships every case has.</summary>
    private static readonly ImmutableHashSet<string> Common = ["CASE_OF", "HANDLED_BY"];

    /// <summary>Whether every case has a relationship of this name, so that it says nothing of what one is about.</summary>
    public static bool IsCommon(string relationship) => Common.Contains(relationship);

    /// <summary>The data set of cases a broker decides; of those the supervisor does where null.</summary>
    /// <param name="broker">Id of the broker.</param>
    public static string SourceOf(string? broker) => broker is null ? OfPlatform : SourceOwner.SourceOf(NodeId.Parse(broker).Key) + Part;

    /// <summary>Id of the case that somebody files under a key: the same filing sent again is the same case.</summary>
    public static NodeId IdOf(CaseKind kind, CaseParties parties, MoveAsked asked)
    {
        var text = string.Join('\n', kind.NodeType, parties.Client, parties.Broker, asked.By.Part, asked.By.Of, asked.Key);
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        return new NodeId(kind.NodeType, $"{SourceOf(parties.Broker)}:{kind.NodeType[0]}-{hash[..4]}-{hash[4..8]}-{hash[8..12]}-{hash[12..16]}");
    }

    /// <summary>The changes that open a case.</summary>
    public static IEnumerable<Change> Opened(CaseKind kind, NodeId id, CaseOpening opening, MadeMove move, DateOnly day)
    {
        var (validity, provenance) = (Validity.Since(day), new Provenance(SourceOf(opening.Parties.Broker), ReferenceOf(id), Reliability));
        yield return Change.Assert(Stated(kind, id, Properties.Of([.. opening.Content, .. opening.Added]), [move], validity, provenance));
        yield return Tie("CASE_OF", NodeId.Parse(opening.Parties.Client), Properties.None);
        if (opening.Parties.Broker is { } broker) yield return Tie("HANDLED_BY", NodeId.Parse(broker), Properties.None);
        foreach (var (relationship, to, properties) in opening.Ties) yield return Tie(relationship, to, properties);
        foreach (var change in Made(id, move, opening.Briefing, validity, provenance)) yield return change;
        var effect = new CaseEffect(id, opening.Parties, Properties.Of([.. opening.Content, .. opening.Added]), [.. opening.Ties.Select(tie => tie.To)], move, provenance);
        foreach (var change in kind.Effects(effect)) yield return change;

        Change Tie(string relationship, NodeId to, Properties properties) => Change.Assert(new RelationshipFact(relationship, id, to, "", properties, validity, provenance));
    }

    /// <summary>The changes that a move of a case makes.</summary>
    public static IEnumerable<Change> Moved(CaseKind kind, FiledCase filed, MadeMove move, Briefing? briefing, DateOnly day)
    {
        var validity = Validity.Since(day > filed.Since ? day : filed.Since);
        var provenance = new Provenance(SourceOf(filed.History.Parties.Broker), ReferenceOf(filed.Id), Reliability);
        yield return Change.Assert(Stated(kind, filed.Id, filed.Content, [.. filed.History.Moves, move], validity, provenance));
        foreach (var change in Made(filed.Id, move, briefing, validity, provenance)) yield return change;
        foreach (var change in kind.Effects(new CaseEffect(filed.Id, filed.History.Parties, filed.Content, filed.Ties, move, provenance))) yield return change;
    }

    /// <summary>The changes that file what a move brings to its case.</summary>
    public static IEnumerable<Change> Attached(NodeId id, CaseParties parties, ImmutableArray<CaseAttachment> attached, DateOnly day)
    {
        var (validity, provenance) = (Validity.Since(day), new Provenance(SourceOf(parties.Broker), ReferenceOf(id), Reliability));
        foreach (var one in attached)
        {
            yield return Change.Assert(new NodeFact(one.Id, one.Content, validity, provenance));
            yield return Change.Assert(new RelationshipFact(one.Relationship, one.Id, id, "", Properties.None, validity, provenance));
        }
    }

    private static NodeFact Stated(CaseKind kind, NodeId id, Properties content, ImmutableArray<MadeMove> moves, Validity validity, Provenance provenance)
    {
        var move = moves[^1];
        Property[] own =
        [
            new("reference", PropertyValue.Of(ReferenceOf(id))), new("state", PropertyValue.OfEnum(move.To)), new("moveCount", PropertyValue.Of((long)move.Serial)),
            .. kind.KeptOf(move), .. kind.Standing(content, moves),
        ];
        if (move.Serial == 1) own = [.. own, new("filedOn", PropertyValue.Of(WorkingCalendar.DayOf(move.At)))];
        return new NodeFact(id, Properties.Of([.. content.Where(property => !own.Any(one => one.Name == property.Name) && !kind.Lapses.Contains((move.Move, property.Name))), .. own]), validity, provenance);
    }

    private static IEnumerable<Change> Made(NodeId id, MadeMove move, Briefing? briefing, Validity validity, Provenance provenance)
    {
        var key = FormattableString.Invariant($"{id.Key}-{move.Serial}");
        var node = new NodeId(MoveType, key);
        yield return Change.Assert(new NodeFact(node, PropertiesOf(move, briefing), validity, provenance));
        yield return Change.Assert(new RelationshipFact("MOVE_OF", node, id, "", Properties.None, validity, provenance));
        if (briefing is null) yield break;
        var paper = new NodeId("Briefing", key);
        yield return Change.Assert(new NodeFact(paper, briefing.ToProperties(), validity, provenance));
        yield return Change.Assert(new RelationshipFact("RESTS_ON", node, paper, "", Properties.None, validity, provenance));
        // How often others write would tell a broker of them.
        yield return Change.Assert(new NodeFact(paper, Properties.Of(("storeVersion", PropertyValue.Of(briefing.StoreVersion))), validity, provenance with { Source = OfPlatform }));
    }

    private static Properties PropertiesOf(MadeMove move, Briefing? briefing)
    {
        List<Property> properties =
        [
            new("move", PropertyValue.Of(move.Move)), new("serial", PropertyValue.Of((long)move.Serial)), new("toState", PropertyValue.Of(move.To)),
            new("at", PropertyValue.Of(move.At)), new("part", PropertyValue.OfEnum(move.Part.ToString().ToUpperInvariant())), new("commandKey", PropertyValue.Of(move.Key)),
            .. move.Carried,
        ];
        if (move.From is { } from) properties.Add(new("fromState", PropertyValue.Of(from)));
        if (move.Person is { } person) properties.Add(new("person", PropertyValue.Of(person)));
        if (briefing?.IsAgainst(move) is { } against) properties.Add(new("againstAdvice", PropertyValue.Of(against)));
        return Properties.Of(properties);
    }

    /// <summary>Reads a case as a version of the store knows it; null where there is none of this id.</summary>
    public static async ValueTask<FiledCase?> ReadAsync(IGraphStore store, NodeId id, long version, CancellationToken cancellation = default)
    {
        var known = (await store.FindAsync(id, version, withRelationships: true, cancellation)).Where(one => one.Kind == ChangeKind.Assert).Select(one => one.Fact).ToList();
        var node = known.OfType<NodeFact>().MaxBy(fact => fact.Validity.From);
        var client = Ends("CASE_OF");
        if (node is null || client.Length == 0) return null;
        var moves = new List<MadeMove>();
        foreach (var edge in known.OfType<RelationshipFact>().Where(edge => edge.Relationship == "MOVE_OF" && edge.To == id))
            foreach (var recorded in await store.FindAsync(edge.From, version, cancellation: cancellation))
                if (recorded is { Kind: ChangeKind.Assert, Fact: NodeFact move }) moves.Add(MoveOf(move));
        var parties = new CaseParties(client[0].ToString(), Ends("HANDLED_BY") is [var broker, ..] ? broker.ToString() : null);
        return new FiledCase(id, node.Properties, DateOnly.FromDateTime(node.Validity.From.UtcDateTime), new CaseHistory(parties, [.. moves.OrderBy(move => move.Serial)]))
        {
            Ties = [.. known.OfType<RelationshipFact>().Where(edge => edge.From == id && !Common.Contains(edge.Relationship)).Select(edge => edge.To).Distinct()],
        };

        NodeId[] Ends(string relationship) =>
            [.. known.OfType<RelationshipFact>().Where(edge => edge.Relationship == relationship && edge.From == id).Select(edge => edge.To)];
    }

    private static MadeMove MoveOf(NodeFact fact)
    {
        var properties = fact.Properties;
        string? Text(string name) => properties.TryGet(name, out var value) ? value.AsString() : null;
        return new MadeMove(
            (int)(properties.TryGet("serial", out var serial) ? serial.AsInteger() : 0), Text("move")!, Text("fromState"), Text("toState")!,
            Enum.Parse<CasePart>(Text("part")!, ignoreCase: true), Text("person"), properties.TryGet("at", out var at) ? at.AsDateTime() : default, Text("commandKey")!,
            Properties.Of(properties.Where(property => !Own.Contains(property.Name))));
    }

    private static string ReferenceOf(NodeId id) => id.Key[(id.Key.LastIndexOf(':') + 1)..];
}

/// <summary>A case as it stands in the store.</summary>
/// <param name="Id">Its node.</param>
/// <param name="Content">What its node says.</param>
/// <param name="Since">Day from which on it says so.</param>
/// <param name="History">Its moves.</param>
public sealed record FiledCase(NodeId Id, Properties Content, DateOnly Since, CaseHistory History)
{
    /// <summary>What it is tied to beside those every case has: contracts, securities, other cases.</summary>
    public ImmutableArray<NodeId> Ties { get; init; } = [];
}
