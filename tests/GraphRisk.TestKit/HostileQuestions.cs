using System.Globalization;
using System.Text;

namespace GraphRisk.TestKit;

/// <summary>
/// Questions that are valid and small, and cost a server without a budget seconds and gigabytes. They are written for a
/// market of clients; the named ones were found, the others are drawn by seed in five families.
/// </summary>
public static class HostileQuestions
{
    /// <summary>Those that stopped the service for all.</summary>
    /// <param name="client">Id of a client.</param>
    public static IReadOnlyDictionary<string, string> Found(string client) => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["a hundred days of the store"] = Aliases(100, i => $"store(asOf: \"{Day(i)}\") {{ stamp {{ asOf }} nodes {{ type count }} }}"),
        ["links within the paths of links"] =
            $"{{ linkedParties(client: \"{client}\", maxSteps: 4) {{ linked {{ edges {{ path {{ from {{ linkedParties(maxSteps: 4) {{ linked {{ edges {{ path {{ to {{ linkedParties(maxSteps: 4) {{ linked {{ totalCount "
            + new string('}', 13),
        ["reasons of reasons"] = Aliases(30, _ => $"clients(first: 200) {{ nodes {{ creditScore {{ client {{ creditScore {{ client {{ creditScore {{ client {{ creditScore {{ reasons {{ text }} }} }} }} }} }} }} }} }} }}"),
        ["reasons of everybody, fifty times"] = Aliases(50, _ => "clients(first: 200) { nodes { creditScore { reasons { feature title group text points value } } } }"),
        ["links of everybody, none of them shown"] = Aliases(100, _ => "clients(first: 200) { nodes { linkedParties { linked(first: 0) { totalCount } } } }"),
    };

    /// <summary>So many questions, seeds from 1 on, the families taking turns: deep, wide, aliased, many instants, nested lists.</summary>
    public static IEnumerable<string> Draw(int count, string client, string company) =>
        Enumerable.Range(1, count).Select(seed => DrawOne(seed, client, company));

    private static string DrawOne(int seed, string client, string company)
    {
        var random = new Random(seed);
        var root = random.Next(4) switch
        {
            0 => $"client(id: \"{client}\")",
            1 => $"company(id: \"{company}\")",
            2 => $"node(id: \"{client}\")",
            _ => $"clients(first: {random.Next(1, 201)})",
        };
        string Root(string inner) => root.StartsWith("clients", StringComparison.Ordinal) ? $"{root} {{ nodes {{ {inner} }} }}" : $"{root} {{ {inner} }}";
        return (seed % 5) switch
        {
            0 => $"{{ {Root(OnParty(Deep(random, random.Next(2, 8))))} }}",
            1 => $"{{ {Root(OnParty(string.Join(' ', Enumerable.Range(0, random.Next(2, 40)).Select(i => $"w{i}: {Leaf(random)}"))))} }}",
            2 => Aliases(random.Next(2, 100), _ => Root(OnParty(Leaf(random)))),
            3 => Aliases(random.Next(2, 100), i => $"{Instant(random, i, client)}"),
            _ => Aliases(random.Next(1, 20), _ => Root(OnParty(Nested(random, random.Next(1, 4))))),
        };
    }

    private static string OnParty(string inner) => $"... on Party {{ {inner} }}";

    private static string Deep(Random random, int levels)
    {
        if (levels == 0) return Leaf(random);
        var inner = Deep(random, levels - 1);
        return random.Next(4) switch
        {
            0 => $"linkedParties(maxSteps: {random.Next(1, 5)}) {{ linked(first: {random.Next(1, 201)}) {{ nodes {{ {inner} }} }} }}",
            1 => $"linkedParties {{ linked {{ edges {{ path {{ from {{ {inner} }} }} }} }} }}",
            2 => $"owns {{ stakes(first: {random.Next(1, 201)}) {{ nodes {{ holder {{ {inner} }} }} }} }}",
            _ => $"creditScore {{ client {{ {inner} }} }}",
        };
    }

    private static string Nested(Random random, int levels) => levels == 0
        ? Leaf(random)
        : random.Next(3) switch
        {
            0 => $"holdings(first: {random.Next(1, 201)}) {{ nodes {{ holders(first: {random.Next(1, 201)}) {{ nodes {{ {Nested(random, levels - 1)} }} }} }} }}",
            1 => $"brokers(first: 200) {{ nodes {{ clients(first: {random.Next(1, 201)}) {{ nodes {{ {Nested(random, levels - 1)} }} }} }} }}",
            _ => $"contracts(first: 200) {{ nodes {{ contractors(first: {random.Next(1, 201)}) {{ nodes {{ {Nested(random, levels - 1)} }} }} }} }}",
        };

    private static string Leaf(Random random) => random.Next(7) switch
    {
        0 => "creditScore { reasons { feature text points } groups { name points } }",
        1 => $"linkedParties(maxSteps: {random.Next(1, 5)}) {{ linked(first: {random.Next(0, 201)}) {{ totalCount edges {{ strength path {{ kind evidence {{ relationship }} }} }} }} }}",
        2 => "owns(semantics: SIMPLE_PATH) { stakes(first: 200) { nodes { share chains(first: 20) { chains { shares } } } } }",
        3 => "controls { control { votes blocks { votes } } }",
        4 => "records { source recordKey recordedAt }",
        5 => "judgements { verdict reasons }",
        _ => "contracts(first: 200) { totalCount edges { cursor } }",
    };

    private static string Instant(Random random, int i, string client) => random.Next(3) switch
    {
        0 => $"store(asOf: \"{Day(i)}\") {{ nodes {{ type count }} }}",
        1 => $"client(id: \"{client}\", asOf: \"{Day(random.Next(400))}\") {{ id }}",
        _ => $"market(by: MARKET, asOf: \"{Day(i * 3)}\") {{ rows {{ key debt }} }}",
    };

    private static string Aliases(int count, Func<int, string> field)
    {
        var text = new StringBuilder("{");
        for (var i = 0; i < count; i++) text.Append(CultureInfo.InvariantCulture, $" a{i}: {field(i)}");
        return text.Append(" }").ToString();
    }

    private static string Day(int back) => new DateOnly(2024, 6, 30).AddDays(-back).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
