using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Algorithms.Ownership.Rules;
using GraphRisk.TestKit;

namespace GraphRisk.Graph.Tests.Algorithms.Ownership.Rules;

/// <summary>One worked case of <c>rules.txt</c>, as it stands there.</summary>
internal sealed partial record RuleCase(string Name, ImmutableArray<string> Lines)
{
    private static readonly ControlParameters OfLaw = ControlParameters.Default with { Treasury = TreasuryShares.Cancelled };

    /// <summary>Relationship and named field of a line that begins with a word.</summary>
    private static readonly Dictionary<string, (string Relationship, string Field)> Ties = new(StringComparer.Ordinal)
    {
        ["officer"] = ("OFFICER_OF", "role"), ["tie"] = ("RELATED_TO", "kind"), ["guarantee"] = ("GUARANTEES", "kind"),
    };

    public static IReadOnlyList<RuleCase> All { get; } = [.. Read()];

    public OwnershipRule Rule => RuleBook.Shipped.Find(Word("rule").Split(' ')[0])!;

    public DateOnly Day => DateOnly.Parse(Word("rule").Split(' ')[1], CultureInfo.InvariantCulture);

    public string Source => Word("source");

    public override string ToString() => $"{Word("rule")}: {Name}";

    /// <summary>What is expected of each party asked about, against what is found.</summary>
    public IEnumerable<(string Asked, string Wanted, string Found)> Outcomes()
    {
        var drawn = GraphText.Draw(Drawing(), Day);
        IEnumerable<int>? listed = Words("listed") is { Length: > 0 } names ? names.Select(name => drawn[name]) : null;
        var facts = RuleFacts.Of(drawn.Snapshot, HoldingGraph.Of(drawn.Snapshot), ConcertAgreement.InForce(drawn.Snapshot), ties: true, listed, OfLaw);
        foreach (var line in Lines.Where(line => Expectation().IsMatch(line)))
        {
            var (asked, wanted) = (line.Split(':')[0], line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
            var answer = new RuleReading(facts, Rule, Day, WorkMeter.Unlimited).Of(drawn[asked]);
            var found = answer.Verdicts.Select(verdict => Told(verdict, drawn, asked)).Order(StringComparer.Ordinal).ToList();
            yield return (asked, string.Join("; ", wanted.Split(';', StringSplitOptions.TrimEntries).Order(StringComparer.Ordinal)), found.Count == 0 ? "nobody" : string.Join("; ", found));
        }
    }

    private string Told(RuleVerdict verdict, DrawnGraph drawn, string asked)
    {
        var finding = verdict.Finding;
        var on = Rule.Scope == RuleScope.HolderAndCompany && drawn.LabelOf(finding.Company) == asked ? "" : $" on {drawn.LabelOf(finding.Company)}";
        return $"{string.Join('+', finding.Holders.Select(drawn.LabelOf).OrderBy(Order))}{on} {verdict.Limb.Name} {finding.Holds.ToString().ToUpperInvariant()}";
    }

    /// <summary>Parties in the order in which the case first names them.</summary>
    private int Order(string label) => Lines.SelectMany(line => Label().Matches(line).Select(match => match.Value)).ToList().IndexOf(label);

    private string Drawing()
    {
        var text = new StringBuilder();
        var known = new HashSet<string>();
        foreach (var line in Lines)
        {
            if (HoldsLine().Match(line) is { Success: true } holds)
                text.AppendLine(CultureInfo.InvariantCulture, $"{Node(holds.Groups[1].Value)}-[HOLDS {Range("share", holds.Groups[3].Value)} {Range("votes", holds.Groups[4].Value)}]->{Node(holds.Groups[2].Value)}");
            else if (TieLine().Match(line) is { Success: true } tie && Ties[tie.Groups[1].Value] is var (relationship, field))
                text.AppendLine($"{Node(tie.Groups[2].Value)}-[{relationship}{(tie.Groups[4].Value.Trim() is { Length: > 0 } said ? $" {field}=\"{said}\"" : "")}]->{Node(tie.Groups[3].Value)}");
            else if (AgreementLine().Match(line) is { Success: true } agreement)
            {
                foreach (var member in agreement.Groups[2].Value.Split(' ')) text.AppendLine($"{Node(member)}-[BOUND_BY]->{Agreement(agreement.Groups[1].Value)}");
                foreach (var company in agreement.Groups[3].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)) text.AppendLine($"{Agreement(agreement.Groups[1].Value)}-[VOTES_IN]->{Node(company)}");
            }
        }

        return text.ToString();

        string Node(string label) => !known.Add(label) ? $"({label})"
            : Words("persons").Contains(label) ? $"({label}:Person)"
            : $"({label}:Company kind={(Words("public").Contains(label) ? "PUBLIC_BODY" : Words("partnerships").Contains(label) ? "PARTNERSHIP" : "COMPANY")})";
        string Agreement(string label) => known.Add(label) ? $"({label}:Agreement kind=ACTING_IN_CONCERT)" : $"({label})";
    }

    /// <summary>25, 20..30, (20..30, 20..30) or ?, in percent.</summary>
    private static string Range(string field, string text)
    {
        if (text.Length == 0 || text == "?") return "";
        var ends = text.Trim('(', ')').Split("..");
        string Part(string end) => (decimal.Parse(end, CultureInfo.InvariantCulture) / 100).ToString(CultureInfo.InvariantCulture);
        return ends.Length == 1 ? $"{field}={Part(ends[0])}" : $"{field}Min={Part(ends[0])} {field}Max={Part(ends[1])}{(text[0] == '(' ? $" {field}MinOpen=true" : "")}{(text[^1] == ')' ? $" {field}MaxOpen=true" : "")}";
    }

    private string Word(string name) => Lines.Single(line => line.StartsWith($"{name}:", StringComparison.Ordinal))[(name.Length + 1)..].Trim();

    private string[] Words(string name) =>
        Lines.FirstOrDefault(line => line.StartsWith($"{name}:", StringComparison.Ordinal)) is { } line ? line[(name.Length + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];

    private static IEnumerable<RuleCase> Read()
    {
        using var reader = new StreamReader(typeof(RuleCase).Assembly.GetManifestResourceStream("rules.txt")!);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries).Where(line => line.Length > 0 && line[0] != '#').ToList();
        for (var at = 0; at < lines.Count;)
        {
            if (!lines[at].StartsWith("case:", StringComparison.Ordinal)) throw new FormatException($"'{lines[at]}' belongs to no case.");
            var next = lines.FindIndex(at + 1, line => line.StartsWith("case:", StringComparison.Ordinal));
            if (next < 0) next = lines.Count;
            var own = lines[(at + 1)..next];
            if (own.FirstOrDefault(line => !Known().IsMatch(line)) is { } odd) throw new FormatException($"'{odd}' says nothing in a case.");
            yield return new RuleCase(lines[at]["case:".Length..].Trim(), [.. own]);
            at = next;
        }
    }

    [GeneratedRegex(@"^(\w+) -> (\w+) (\(?[\d.]+(?:\.\.[\d.]+\)?)?|\?)(?: votes (\S+))?$")]
    private static partial Regex HoldsLine();

    [GeneratedRegex(@"^(officer|tie|guarantee) (\w+) -> (\w+)(.*)$")]
    private static partial Regex TieLine();

    [GeneratedRegex(@"^agreement (\w+): ([\w ]+?)(?: on ([\w ]+))?$")]
    private static partial Regex AgreementLine();

    [GeneratedRegex(@"^[A-Z]: ")]
    private static partial Regex Expectation();

    [GeneratedRegex(@"\b[A-Z]\b")]
    private static partial Regex Label();

    [GeneratedRegex(@"^((rule|source|persons|public|partnerships|listed|[A-Z]): |(officer|tie|guarantee|agreement) |\w+ -> )")]
    private static partial Regex Known();
}
