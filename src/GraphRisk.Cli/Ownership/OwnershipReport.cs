using System.Globalization;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Algorithms.Ownership.Rules;
using GraphRisk.Graph.Algorithms.Structure;
using GraphRisk.Server.Tables;

namespace GraphRisk.Cli.Ownership;

/// <summary>What was answered of a register, with what it cost.</summary>
/// <param name="Measure">How.</param>
/// <param name="Request">What was asked.</param>
/// <param name="AsOf">The day whose holdings counted; null where the list states none.</param>
/// <param name="NameOf">Names of parties.</param>
/// <param name="List">The edge list; null for a data folder.</param>
/// <param name="Told">The pairs.</param>
/// <param name="Seconds">Time by stage.</param>
/// <param name="PeakMemory">Most bytes of memory the process held.</param>
internal sealed record OwnershipReport(
    OwnershipMeasure Measure, OwnershipRequest Request, DateOnly? AsOf, Func<int, string> NameOf, EdgeList? List, ToldPairs Told,
    IReadOnlyDictionary<string, double> Seconds, long PeakMemory)
{
    private const int MostTold = 100;
    private const int FirstShown = 20;
    private const string Exactly = "0.############################";


    /// <summary>Names of the ends of ranges, as they are typed.</summary>
    public static IReadOnlyDictionary<ShareBound, string> Bounds { get; } = new Dictionary<ShareBound, string>
    {
        [ShareBound.Lower] = "certain", [ShareBound.Stated] = "stated", [ShareBound.Upper] = "possible",
    };

    /// <summary>Whether the first pairs are shown: where no file holds them.</summary>
    public bool ShowsFirst { get; init; }

    /// <summary>The JSON document.</summary>
    public object Document() => new
    {
        semantics = Measure.Rule is null ? Measure.Name : null,
        rule = Measure.Rule is { } rule ? new { rule.Rule.Name, rule.Rule.Title, rule.Rule.Source, version = rule.Version.Name, from = rule.Version.From, rule.Rule.CannotKnow, rule.Rule.Unchecked } : null,
        limbs = Measure.Rule is null ? null : ByLimb().ToDictionary(limb => limb.Name, limb => limb.Count),
        threshold = Measure.Rule is null ? Request.Threshold : (decimal?)null,
        comparison = Measure.Rule is null ? (Request.IsStrict ? ">" : ">=") : null,
        bound = Bounds[Request.Bound],
        Request.SelfPairs,
        asOf = AsOf,
        register = Figures.Of(Request.Holdings),
        rows = List is null ? null : new { held = List.Holdings.Count, passedOver = List.PassedOver, refused = List.RefusedCount, first = List.Refused },
        pairs = Told.Pairs.Count,
        exactPairs = Told.Pairs.Count(pair => pair.Lower == pair.Upper),
        first = !ShowsFirst ? null : Ordered().Take(MostTold).Select(pair => new
        {
            holder = HolderOf(pair), company = NameOf(pair.Company), pair.Share, pair.Lower, pair.Upper,
            limb = pair.Verdict?.Limb.Name, article = pair.Verdict?.Limb.Article, holds = pair.Verdict?.Finding.Holds, within = Within(pair) is [var company] ? company : null, cannotKnow = pair.Verdict?.CannotKnow,
        }),
        holdersFollowed = Told.Followed?.Holders,
        companiesAskedOneByOne = Told.Followed?.Companies,
        findings = ByKind().ToDictionary(kind => kind.Kind.ToString(), kind => kind.Count),
        sumsAboveOne = SumsAboveOne().Take(MostTold).Select(finding => new
        {
            company = NameOf(finding.Companies[0]), sum = finding.Amount, statements = Statements(finding.Companies[0]),
        }),
        refusals = Refusals().Take(MostTold).Select(finding => new { finding.Kind, companies = finding.Companies.Take(MostTold).Select(NameOf), finding.Detail }),
        seconds = Seconds,
        peakMemoryBytes = PeakMemory,
    };

    /// <summary>The tables.</summary>
    public void Write(Terminal terminal)
    {
        var figures = Figures.Of(Request.Holdings);
        terminal.WriteFigures($"Ownership, {Measure.Name}",
        [
            .. Measure.Rule is { } rule ? [("rule", rule.Rule.Title), ("wording", string.Create(CultureInfo.InvariantCulture, $"{rule.Version.Name}, from {rule.Version.From:yyyy-MM-dd}"))] : new[] { ("told from", $"{(Request.IsStrict ? "more than " : "")}{Request.Threshold.ToString(Exactly, CultureInfo.InvariantCulture)}{(Request.IsStrict ? "" : " on")}") },
            ("ranges read", Bounds[Request.Bound]),
            .. AsOf is { } day ? new[] { ("as of", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) } : [],
            ("nodes", Count(figures.Nodes)), ("holdings", Count(figures.Holdings)), ("companies with holders", Count(figures.Companies)),
            ("parts that hang together", Count(figures.Parts)), ("circles", Count(figures.Circles)), ("companies in circles", Count(figures.InCircles)),
            ("largest circle", Count(figures.LargestCircle)), ("companies that hold themselves", Count(figures.SelfHeld)),
            .. List is { PassedOver: > 0 } ? new[] { ("rows of other days, or indirect", Count(List.PassedOver)) } : [],
            .. List is { RefusedCount: > 0 } ? new[] { ("rows left out", Count(List.RefusedCount)) } : [],
            ("pairs", Count(Told.Pairs.Count)),
            .. ByLimb().Select(limb => ($"by {limb.Name}, {limb.Article}", Count(limb.Count))),
            .. Told.Followed is { } followed ? new[] { ("holders followed", Count(followed.Holders)), ("companies asked one by one", Count(followed.Companies)) } : [],
            .. ByKind().Select(kind => ($"finding {kind.Kind}", Count(kind.Count))),
            ("time", string.Join(", ", Seconds.Select(stage => string.Create(CultureInfo.InvariantCulture, $"{stage.Key} {stage.Value:0.0} s")))),
            ("peak memory", string.Create(CultureInfo.InvariantCulture, $"{PeakMemory / 1e6:N0} MB")),
        ]);
        if (SumsAboveOne().Any())
            terminal.WriteTable("Companies whose parts add to more than the whole", ["company", "sum", "statements"], SumsAboveOne().Take(MostTold).Select(finding => (IReadOnlyList<string>)
            [
                NameOf(finding.Companies[0]), Part(finding.Amount!.Value), string.Join("; ", Statements(finding.Companies[0]).Select(one => one.Line is { } line ? $"{one.Holder} {Part(one.Share)} (line {line})" : $"{one.Holder} {Part(one.Share)}")),
            ]));
        if (ShowsFirst && Told.Pairs.Count > 0)
            terminal.WriteTable($"The first {Count(Math.Min(FirstShown, Told.Pairs.Count))} pairs; --out writes all", ["holder", "company", "share", "at least", "at most", .. LimbHeadings], Ordered().Take(FirstShown).Select(pair => (IReadOnlyList<string>)
            [
                HolderOf(pair), NameOf(pair.Company), Bound(pair.Share), Bound(pair.Lower), Bound(pair.Upper), .. pair.Verdict is { } verdict ? new[] { verdict.Limb.Name, Holds(verdict) } : [], .. Within(pair),
            ]));
        foreach (var refusal in Refusals().Take(MostTold)) terminal.WriteLine($"{refusal.Kind}: {refusal.Detail}");
        foreach (var row in List?.Refused ?? []) terminal.WriteLine($"left out: {row}");
    }

    /// <summary>Writes the pairs, by holder and company by name: the part, and its bounds where it is not known exactly.</summary>
    public async Task WritePairsAsync(TextWriter file, CancellationToken cancellation)
    {
        await file.WriteLineAsync($"holder,company,share,lower,upper{(Measure.Rule is null ? "" : $",rule,version,limb,article,holds,via{(Measure.Rule.IsAmongInvestors ? ",within" : "")}")}");
        foreach (var pair in Ordered())
        {
            cancellation.ThrowIfCancellationRequested();
            await file.WriteLineAsync(string.Join(',', (string[])[CsvText.Of(HolderOf(pair)), CsvText.Of(NameOf(pair.Company)), Bound(pair.Share), Bound(pair.Lower), Bound(pair.Upper), .. Cited(pair)]));
        }
    }

    private IEnumerable<ToldPair> Ordered() =>
        Told.Pairs.OrderBy(pair => HolderOf(pair), StringComparer.Ordinal).ThenBy(pair => NameOf(pair.Company), StringComparer.Ordinal).ThenBy(pair => pair.Verdict?.Limb.Name, StringComparer.Ordinal)
            .ThenBy(pair => pair.Verdict is { } verdict ? NameOf(verdict.Asked) : null, StringComparer.Ordinal);

    /// <summary>The holder, or those who are one together.</summary>
    private string HolderOf(ToldPair pair) => pair.Verdict is { Finding.Holders: { Length: > 1 } together } ? string.Join(" + ", together.Select(NameOf)) : NameOf(pair.Holder);

    private string[] Cited(ToldPair pair) => pair.Verdict is not { } verdict || Measure.Rule is not { } rule ? [] :
    [
        rule.Rule.Name, rule.Version.Name, verdict.Limb.Name, CsvText.Of(verdict.Limb.Article), Holds(verdict), verdict.Finding.Via >= 0 ? CsvText.Of(NameOf(verdict.Finding.Via)) : "",
        .. Within(pair).Select(CsvText.Of),
    ];

    /// <summary>The company whose investors a pair are, by a rule that looks between them.</summary>
    private string[] Within(ToldPair pair) => pair.Verdict is { } verdict && Measure.Rule!.IsAmongInvestors ? [NameOf(verdict.Asked)] : [];

    private string[] LimbHeadings => Measure.Rule is not { } rule ? [] : rule.IsAmongInvestors ? ["limb", "holds", "within"] : ["limb", "holds"];

    private static string Holds(RuleVerdict verdict) => verdict.Finding.Holds == RuleHolding.Certain ? "CERTAIN" : "POSSIBLE";

    private IEnumerable<(string Name, string Article, int Count)> ByLimb() =>
        Told.Pairs.Where(pair => pair.Verdict is not null).GroupBy(pair => pair.Verdict!.Limb).Select(limb => (limb.Key.Name, limb.Key.Article, limb.Count())).OrderBy(limb => limb.Name, StringComparer.Ordinal);

    private static string Bound(decimal? bound) => bound is { } known ? Part(known) : "";

    private static string Part(decimal part) => part.ToString(Exactly, CultureInfo.InvariantCulture);

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private IEnumerable<(OwnershipFindingKind Kind, int Count)> ByKind() =>
        Told.Findings.GroupBy(finding => finding.Kind).OrderBy(kind => kind.Key).Select(kind => (kind.Key, kind.Count()));

    private IEnumerable<OwnershipFinding> SumsAboveOne() =>
        Told.Findings.Where(finding => finding.Kind == OwnershipFindingKind.SharesAboveOne).OrderBy(finding => NameOf(finding.Companies[0]), StringComparer.Ordinal);

    private IEnumerable<OwnershipFinding> Refusals() => Told.Findings.Where(finding => finding.Kind
        is OwnershipFindingKind.WalkDiverges or OwnershipFindingKind.UpperBoundDiverges or OwnershipFindingKind.PathBudgetExceeded or OwnershipFindingKind.ResidualTooLarge);

    /// <summary>What is stated of a company: the rows of the list, else a holding a holder.</summary>
    private IEnumerable<Statement> Statements(int company)
    {
        if (List is null)
        {
            foreach (var edge in Request.Holdings.EdgesInto(company).ToArray())
                yield return new Statement(NameOf(Request.Holdings[edge].Holder), Request.Holdings[edge].Equity.Share, null);
            yield break;
        }

        for (var row = 0; row < List.Holdings.Count; row++)
            if (List.Holdings[row].Company == company) yield return new Statement(NameOf(List.Holdings[row].Holder), List.Holdings[row].Equity.Share, List.Lines[row]);
    }

    private sealed record Statement(string Holder, decimal Share, int? Line);

    /// <summary>How large a register is, and how it hangs together.</summary>
    /// <param name="Nodes">Parties that hold or are held.</param>
    /// <param name="Holdings">Pairs of holder and company.</param>
    /// <param name="Companies">Parties that are held.</param>
    /// <param name="Parts">Parts between which there is no holding.</param>
    /// <param name="Circles">Sets of two and more parties that own each other.</param>
    /// <param name="InCircles">Parties in them.</param>
    /// <param name="LargestCircle">Parties in the largest.</param>
    /// <param name="SelfHeld">Parties that hold a part of themselves.</param>
    private sealed record Figures(int Nodes, int Holdings, int Companies, int Parts, int Circles, int InCircles, int LargestCircle, int SelfHeld)
    {
        public static Figures Of(HoldingGraph holdings)
        {
            var (nodes, companies, self, alone) = (0, 0, 0, 0);
            for (var node = 0; node < holdings.NodeCount; node++)
            {
                var isHeld = holdings.In.Degree(node) > 0;
                if (isHeld) companies++;
                if (isHeld || holdings.Out.Degree(node) > 0) nodes++;
                else alone++;
                if (isHeld && holdings.In.Neighbours(node).BinarySearch(node) >= 0) self++;
            }

            var strong = StronglyConnectedComponents.Find(holdings.Out);
            var (circles, inside, largest) = (0, 0, 0);
            for (var component = 0; component < strong.Count; component++)
                if (strong.SizeOf(component) is > 1 and var size) (circles, inside, largest) = (circles + 1, inside + size, Math.Max(largest, size));
            return new Figures(nodes, holdings.Out.EdgeCount, companies, WeaklyConnectedComponents.Find(holdings.NodeCount, holdings.Out).Count - alone, circles, inside, largest, self);
        }
    }
}
