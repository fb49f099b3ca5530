using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.TestKit;

/// <summary>
/// ChangeSets of one seed over a small world, so that facts are often repeated, corrected, retracted and said again:
/// two dozen parties, a few companies' shares, accounts and securities, three sources, judgements on who is who.
/// </summary>
public sealed class RandomChanges
{
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Letters = ["甲", "乙", "\U00020000", "\"", "\\a", "é\n"];

    private readonly Random random;
    private readonly int parties;
    private readonly string prefix;
    private readonly List<Fact> said = [];
    private int setCount;

    /// <param name="seed">Seed.</param>
    /// <param name="parties">Persons and companies each source knows of.</param>
    public RandomChanges(int seed, int parties = 24)
    {
        random = new Random(seed);
        this.parties = parties;
        prefix = $"random-{seed}-";
    }

    /// <summary>Sources of which two brokers' and open ones are as reliable as each other, so that much is a tie.</summary>
    public static ImmutableArray<(string Name, decimal Reliability)> SeveralBrokers { get; } =
    [
        ("registry", 0.9m), ("broker-B001", 0.7m), ("news", 0.7m), ("broker-B002", 0.7m), ("broker-B001/platform", 0.9m), ("broker-B0019", 0.4m),
    ];

    /// <summary>The sources, each with its reliability.</summary>
    public ImmutableArray<(string Name, decimal Reliability)> Sources { get; init; } = [("registry", 0.9m), ("broker-B001", 0.7m), ("news", 0.4m)];

    /// <summary>Whether judgements on who is who are among the changes.</summary>
    public bool WithJudgements { get; init; } = true;

    /// <summary>How many of 18 + this many facts are judgements.</summary>
    public int Judgements { get; init; } = 2;

    /// <summary>Whether sources also name records of others, and state court cases and guarantees.</summary>
    public bool WithForeignRecords { get; init; }

    /// <summary>Whether facts are retracted.</summary>
    public bool WithRetractions { get; init; } = true;

    /// <summary>The next set: some changes, recorded an hour after the one before.</summary>
    public ChangeSet Next(int changes)
    {
        var list = ImmutableArray.CreateBuilder<Change>(changes);
        for (var i = 0; i < changes; i++) list.Add(NextChange());
        var number = setCount++;
        return new ChangeSet($"{prefix}{number}", Start.AddHours(number), "test", list.MoveToImmutable());
    }

    /// <summary>A fact such as the sets hold.</summary>
    public Fact NextFact()
    {
        var (source, reliability) = Sources[random.Next(Sources.Length)];
        var validity = NextValidity();
        var judgements = WithJudgements ? Judgements : 0;
        var choice = random.Next(18 + judgements + (WithForeignRecords ? 6 : 0));
        return choice switch
        {
            < 4 => Described(NextPerson(source), PersonFields(), validity, source, reliability),
            < 7 => Described(NextCompany(source), CompanyFields(), validity, source, reliability),
            < 8 => Described(NextAccount(), AccountFields(), validity, source, reliability),
            < 9 => Described(NextSecurity(), SecurityFields(), validity, source, reliability),
            < 12 => Related("HOLDS", NextParty(source), NextCompany(source), ShareFields(), validity, source, reliability),
            < 13 => Related("OFFICER_OF", NextParty(source), NextCompany(source), RoleFields(), validity, source, reliability),
            < 14 => Related("OWNS_ACCOUNT", NextParty(source), NextAccount(), Properties.None, validity, source, reliability),
            < 16 => Related("POSITION", NextAccount(), NextSecurity(), PositionFields(), validity, source, reliability),
            < 18 => Related(
                "TRANSFERRED", NextAccount(), NextAccount(), TransferFields(), validity, source, reliability, $"{random.Next(4)}"),
            _ when choice >= 21 + judgements => Related(
                "PARTY_TO", NextParty(source), new NodeId("CourtCase", $"case {random.Next(3)}"),
                Properties.Of(("role", PropertyValue.Of($"{random.Next(3)}"))), validity, source, reliability, $"{random.Next(3)}"),
            _ when choice >= 18 + judgements => Related("GUARANTEES", NextParty(source), NextParty(source), Properties.None, validity, source, reliability),
            _ => Related(
                SchemaCatalog.SameAs, NextParty(source), NextParty(Sources[random.Next(Sources.Length)].Name), VerdictFields(),
                Validity.Always, "resolution", 1),
        };
    }

    private Change NextChange()
    {
        if (said.Count > 0 && random.Next(5) == 0)
        {
            var known = said[random.Next(said.Count)];
            return WithRetractions && random.Next(2) == 0 ? Change.Retract(known) : Change.Assert(known);
        }

        var fact = NextFact();
        said.Add(fact);
        return Change.Assert(fact);
    }

    private static NodeFact Described(NodeId node, Properties properties, Validity validity, string source, decimal reliability) =>
        new(node, properties, validity, new Provenance(source, node.Key[(node.Key.IndexOf(':') + 1)..], reliability));

    private RelationshipFact Related(
        string type, NodeId from, NodeId to, Properties properties, Validity validity, string source, decimal reliability, string key = "") =>
        new(type, from, to, key, properties, validity, new Provenance(
            source, $"row {random.Next(3)}", reliability, random.Next(4) == 0 ? new TextSpan(3, 3 + random.Next(5)) : null));

    private NodeId NextParty(string source) => random.Next(2) == 0 ? NextPerson(source) : NextCompany(source);

    private NodeId NextPerson(string source) => new("Person", $"{RecordSource(source)}:P{random.Next(parties):00}");

    private NodeId NextCompany(string source) => new("Company", $"{RecordSource(source)}:C{random.Next(parties):00}");

    private string RecordSource(string source) =>
        WithForeignRecords && random.Next(3) == 0 ? Sources[random.Next(Sources.Length)].Name : source;

    private NodeId NextAccount() => new("Account", $"A{random.Next(parties):00}");

    private NodeId NextSecurity() => new("Security", $"{600000 + random.Next(5)}.SH");

    private Validity NextValidity()
    {
        if (random.Next(10) == 0) return Validity.Always;
        var from = new DateOnly(2020 + random.Next(6), 1 + random.Next(12), 1);
        return Validity.Between(from, random.Next(3) == 0 ? from.AddMonths(1 + random.Next(30)) : null);
    }

    private Properties PersonFields()
    {
        var fields = new List<Property> { new("name", PropertyValue.Of(NextText())) };
        Maybe(fields, "residentId", () => PropertyValue.Of($"31010119800101{random.Next(20):0000}"));
        Maybe(fields, "identifiers", () => PropertyValue.Of(NextIdentifiers()));
        Maybe(fields, "birthDate", () => PropertyValue.Of(new DateOnly(1980, 1 + random.Next(12), 1)));
        Maybe(fields, "sex", () => PropertyValue.OfEnum(random.Next(2) == 0 ? "MALE" : "FEMALE"));
        Maybe(fields, "blocked", () => PropertyValue.Of(random.Next(2) == 0));
        return Properties.Of(fields);
    }

    private Properties CompanyFields()
    {
        var fields = new List<Property> { new("name", PropertyValue.Of(NextText())) };
        Maybe(fields, "uscc", () => PropertyValue.Of($"91310000MA1K{random.Next(30):000000}"));
        Maybe(fields, "aliases", () => PropertyValue.Of(NextIdentifiers()));
        Maybe(fields, "registeredCapital", () => PropertyValue.Of(Math.Abs(NextAmount())));
        Maybe(fields, "totalAssets", () => PropertyValue.Of(Math.Abs(NextAmount())));
        Maybe(fields, "netProfit", () => PropertyValue.Of(NextAmount()));
        Maybe(fields, "status", () => PropertyValue.OfEnum(random.Next(2) == 0 ? "ACTIVE" : "REVOKED"));
        return Properties.Of(fields);
    }

    private Properties AccountFields()
    {
        var fields = new List<Property>();
        Maybe(fields, "kind", () => PropertyValue.Of("CREDIT"));
        Maybe(fields, "openedAt", () => PropertyValue.Of(Start.AddMilliseconds(random.Next())));
        return Properties.Of(fields);
    }

    private Properties SecurityFields() => Properties.Of(
        ("code", PropertyValue.Of($"{random.Next(100)}")), ("close", PropertyValue.Of(Math.Abs(NextAmount()))));

    private Properties ShareFields() => Properties.Of(("share", PropertyValue.Of(random.Next(101) / 100m)));

    private Properties RoleFields() => Properties.Of(("role", PropertyValue.Of(random.Next(2) == 0 ? "法定代表人" : "director")));

    private Properties PositionFields() => Properties.Of(("quantity", PropertyValue.Of((decimal)random.Next(1000))));

    private Properties TransferFields() => Properties.Of(
        ("amount", PropertyValue.Of(Math.Abs(NextAmount()))), ("at", PropertyValue.Of(Start.AddSeconds(random.Next(100_000)))));

    private Properties VerdictFields() => Properties.Of(
        ("verdict", PropertyValue.OfEnum(random.Next(4) == 0 ? "NO_MATCH" : "MATCH")), ("judge", PropertyValue.Of("test")));

    private void Maybe(List<Property> fields, string name, Func<PropertyValue> value)
    {
        if (random.Next(2) == 0) fields.Add(new Property(name, value()));
    }

    private IEnumerable<string> NextIdentifiers() => Enumerable.Range(0, 1 + random.Next(3)).Select(_ => $"TAX:{random.Next(12)}");

    private string NextText() => string.Concat(Enumerable.Range(0, 1 + random.Next(5)).Select(_ => Letters[random.Next(Letters.Length)]));

    /// <summary>Amounts of every width and scale, negative ones among them.</summary>
    private decimal NextAmount() => random.Next(5) switch
    {
        0 => 0,
        1 => random.Next(1000),
        2 => -random.Next(100_000) / 100m,
        3 => new decimal(random.Next(), random.Next(), random.Next(), random.Next(2) == 0, (byte)random.Next(29)),
        _ => random.NextInt64() / 1_000_000m,
    };
}
