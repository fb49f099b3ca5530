using System.CommandLine;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Contagion;
using GraphRisk.Cli.Input;
using GraphRisk.Cli.Output;
using GraphRisk.Cli.Ownership;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Algorithms.Ownership.Rules;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market;
using GraphRisk.Server.Security;
using GraphRisk.Server.Security.Audit;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk ownership</c>: who owns or controls which company, for all companies of an edge list or a data folder.</summary>
internal static class OwnershipCommand
{
    private const string Sample = "samples/ownership";

    public static ExampleCommand Build(Host host)
    {
        var options = new Options();
        var command = new ExampleCommand("ownership", Description(),
            $"ownership --edges {Sample}/group.csv --semantics corrected --at-least 0.25 --out pairs.csv",
            $"ownership --edges {Sample}/group.csv --semantics walk --more-than 25% --self-pairs",
            $"ownership --edges {Sample}/group.csv --semantics simple-path --json",
            $"ownership --edges {Sample}/group.csv --semantics control --out pairs.csv",
            $"ownership --edges {Sample}/group.csv --semantics aggregate-50 --out pairs.csv",
            $"ownership --edges {Sample}/group.csv --rule eu-beneficial-owner --bound possible --out pairs.csv",
            $"ownership --edges {Sample}/dated.csv --mapping {Sample}/dated.yml --shares percent --as-of 2024-06-30 --semantics control",
            "ownership --data data --semantics corrected --at-least 0.25 --out pairs.csv --purpose supervision");
        foreach (var option in options.All) command.Add(option);
        command.Add(OwnershipHistoryCommand.Build(host));
        command.Add(OwnershipChartCommand.Build(host));
        command.SetAction((parsed, cancellation) => RunAsync(host, options, parsed, cancellation));
        return command;
    }

    private static string Description() => string.Join(Environment.NewLine, [
        "Who owns or controls which company: all pairs of holder and company from a threshold on, of an edge list or of a data folder's holdings, in one pass.",
        "An edge list has the columns owner, owned and share; optionally share min and share max (known by bounds), votes (else they follow the share),",
        "kind (capital, votes, both; indirect rows sum up chains and are passed over) and from, to (the first day, and the day it ends).",
        "Columns are found by name, whatever their order and case; --mapping says what others are. Rows of one pair are added.",
        "A row that cannot be read is named with its field and reason, and nothing is answered unless --skip-bad-rows is given.",
        "The pairs are written to --out by holder and company: holder,company,share,lower,upper; the bounds equal the share where it is known exactly. Without --out the first are shown.",
        "By a rule each row also cites rule, version, limb and article, and says whether it is certain and through whom; by one between the investors of a company, such as of concert, also within which.",
        "",
        "Semantics:",
        .. OwnershipMeasure.All.Select(measure => $"  {measure.Name}: {measure.Meaning}"),
        "",
        "Rules (--rule, in place of --semantics; pairs that are certain, with --bound possible also those that may be):",
        .. RuleMeasure.Told,
    ]);

    private static async Task<int> RunAsync(Host host, Options options, ParseResult parsed, CancellationToken cancellation)
    {
        var (typed, rule) = MeasureOf(options, parsed, host);
        var watch = new StageWatch(host.Clock);
        var output = parsed.GetValue(options.Output);
        var source = parsed.GetValue(options.Edges) is { } edges
            ? OfList(host, options, parsed, edges, watch, cancellation)
            : await OfFolderAsync(host, options, parsed, output, watch, cancellation);
        var measure = typed ?? rule!.Over(source.Facts(parsed.GetValue(options.Listed)), source.IsOf, DayOf(parsed, options, host), parsed.GetValue(options.Bound) == RangeEnd.Possible);
        var (threshold, isStrict) = measure.Limit(parsed.GetValue(options.AtLeast), parsed.GetValue(options.MoreThan));
        var bound = parsed.GetValue(options.Bound) is { } end ? BoundOf(end) : typed?.Bound ?? ShareBound.Lower;
        var request = new OwnershipRequest(source.Holdings, source.Agreements, threshold, isStrict, parsed.GetValue(options.SelfPairs), parsed.GetValue(options.Treasury), bound) { Reciprocal = parsed.GetValue(options.Reciprocal) };
        var told = watch.Run("solve", () => measure.Find(request, WorkMeter.EndedBy(cancellation)));
        var report = new OwnershipReport(measure, request, source.AsOf, source.NameOf, source.List, told, watch.Seconds, ProcessMemory.Peak()) { ShowsFirst = output is null };
        if (output is not null) await source.FileAsync(() => WriteAsync(output, report, cancellation));
        if (parsed.GetValue(options.Json)) await host.Out.WriteLineAsync(Json.Of(report.Document()));
        else report.Write(new Terminal(host.Out));
        return source.List is { RefusedCount: > 0 } ? ExitCode.Quarantined : ExitCode.Done;
    }

    /// <summary>The measure that was typed, or the rule in its place.</summary>
    private static (OwnershipMeasure? Measure, RuleMeasure? Rule) MeasureOf(Options options, ParseResult parsed, Host host)
    {
        var (semantics, rule) = (parsed.GetValue(options.Semantics), parsed.GetValue(options.Rule));
        if ((semantics is null) == (rule is null)) throw new UserErrorException("Say how: with --semantics, or by a rule of law with --rule, and only one of them.");
        if (parsed.GetValue(options.Reciprocal) is not null && !OwnershipMeasure.Control.Equals(semantics, StringComparison.OrdinalIgnoreCase)) throw new UserErrorException("--reciprocal is of votes: say it with --semantics control.");
        if (rule is null)
            return parsed.GetValue(options.Listed) is null ? (OwnershipMeasure.Named(semantics!), null) : throw new UserErrorException("--listed is read by rules of sanctions: say one with --rule.");
        if ((parsed.GetValue(options.AtLeast) ?? parsed.GetValue(options.MoreThan)) is not null) throw new UserErrorException("A rule has thresholds of its own: leave --at-least and --more-than out.");
        if (parsed.GetValue(options.SelfPairs) || parsed.GetValue(options.Treasury) is not null) throw new UserErrorException("A rule says itself what counts: leave --self-pairs and --treasury out.");
        if (parsed.GetValue(options.Bound) == RangeEnd.Stated) throw new UserErrorException("A verdict is certain or possible: --bound stated is of --semantics.");
        return (null, RuleMeasure.Named(rule, DayOf(parsed, options, host)));
    }

    /// <summary>The day whose wording of a rule applies.</summary>
    private static DateOnly DayOf(ParseResult parsed, Options options, Host host) => parsed.GetValue(options.AsOf) ?? DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime);

    private static ShareBound BoundOf(RangeEnd end) => end switch { RangeEnd.Certain => ShareBound.Lower, RangeEnd.Possible => ShareBound.Upper, _ => ShareBound.Stated };

    private static Source OfList(Host host, Options options, ParseResult parsed, FileInfo edges, StageWatch watch, CancellationToken cancellation)
    {
        OwnersFile.Require(parsed.GetValue(options.Output), new DataFolder(parsed.GetValue(options.Data)!.FullName));
        var columns = parsed.GetValue(options.Mapping) is { } mapping ? EdgeColumns.Load(mapping) : EdgeColumns.Guessed;
        var whole = parsed.GetValue(options.Shares) == ShareScale.Percent ? 100 : 1;
        var asOf = parsed.GetValue(options.AsOf);
        var list = watch.Run("read", () => EdgeList.Read(new EdgeListRequest(edges.FullName, columns, whole, asOf, parsed.GetValue(options.SkipBadRows)), cancellation));
        if (whole == 100 && list.Largest <= 0.01m) host.Error.WriteLine($"{edges}: no share is above 1%; if they are parts of 1, leave --shares percent out.");
        var holdings = watch.Run("build", () => HoldingGraph.Build(list.Names.Count, WorkMeter.EndedBy(cancellation).Along(list.Holdings)));
        return new Source(holdings, [], node => list.Names[node], asOf, list, write => write(), listed => new RuleFacts(
            holdings, [], StatedTies.None, _ => PartyForm.Unknown, listed is null ? null : Listed(listed, list.Names), MarketReading.OfLaw));
    }

    private static async Task<Source> OfFolderAsync(Host host, Options options, ParseResult parsed, FileInfo? output, StageWatch watch, CancellationToken cancellation)
    {
        if (parsed.GetValue(options.Mapping) is not null) throw new UserErrorException("--mapping says what columns of --edges are; a data folder has none.");
        if (output is not null && parsed.GetValue(options.Purpose) is null)
            throw new UserErrorException("--out writes the holdings of the data folder's parties: say with --purpose what for.");
        Purpose? purpose = parsed.GetValue(options.Purpose) is null ? null : parsed.Purpose(options.Purpose);
        var bench = new Workbench(host, parsed.FilledFolder(options.Data, host));
        OwnersFile.Require(output, bench.Folder);
        await using var store = await bench.OpenStoreAsync(cancellation);
        var snapshots = bench.OpenSnapshots(store, capacity: 1);
        var day = parsed.GetValue(options.AsOf) ?? await LastDay.FindAsync(snapshots, host.Clock, cancellation) ?? DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime);
        var snapshot = await watch.RunAsync("read", async () => await ScoreCommand.AtAsync(snapshots, day, cancellation));
        var holdings = watch.Run("build", () => HoldingGraph.Of(snapshot, WorkMeter.EndedBy(cancellation)));
        var agreements = ConcertAgreement.InForce(snapshot);
        return new Source(holdings, agreements, node => snapshot.Nodes.IdOf(node).ToString(), day, null, write => Filing.RunAsync(
            host, bench.Folder, new Deed(AuditAct.Export, "ownership --out", output!.FullName) { Purpose = purpose }, write, pairs => FormattableString.Invariant($"{pairs} pairs")), listed => listed is not null
            ? throw new UserErrorException("--listed is of an edge list; a data folder has its lists of sanctions.")
            : RuleFacts.Of(snapshot, holdings, agreements, ties: true, new MarketReading(snapshot).Sanctions(WorkMeter.EndedBy(cancellation)).On([]), MarketReading.OfLaw))
        {
            IsOf = (rule, company) => rule.IsOf(snapshot, company),
        };
    }

    /// <summary>The parties of a file of names, one a line.</summary>
    /// <exception cref="UserErrorException">There is no such file, or a name that the edge list does not have.</exception>
    private static List<int> Listed(FileInfo file, NodeNames names)
    {
        if (!file.Exists) throw new UserErrorException($"{file}: there is no such file.");
        var (found, line) = (new List<int>(), 0);
        foreach (var text in SourceText.ReadAll(file.FullName).Split('\n'))
        {
            line++;
            if (text.Trim() is not { Length: > 0 } name || name[0] == '#') continue;
            found.Add(names.Find(name) is >= 0 and var party ? party : throw new UserErrorException($"{file}, line {line}: '{name}' is no party of the edge list."));
        }

        return found;
    }

    private static async Task<int> WriteAsync(FileInfo output, OwnershipReport report, CancellationToken cancellation)
    {
        await using var file = new StreamWriter(OwnersFile.Create(output.FullName));
        await report.WritePairsAsync(file, cancellation);
        return report.Told.Pairs.Count;
    }

    /// <summary>What shares of a list are parts of.</summary>
    private enum ShareScale
    {
        Fraction,
        Percent,
    }

    /// <summary>Which end of ranges counts.</summary>
    private enum RangeEnd
    {
        Certain,
        Stated,
        Possible,
    }

    /// <summary>Where holdings come from.</summary>
    private sealed record Source(
        HoldingGraph Holdings, System.Collections.Immutable.ImmutableArray<ConcertAgreement> Agreements, Func<int, string> NameOf, DateOnly? AsOf, EdgeList? List, Func<Func<Task<int>>, Task<int>> FileAsync,
        Func<FileInfo?, RuleFacts> Facts)
    {
        /// <summary>Whether a company is one a rule is of; an edge list does not tell which are listed.</summary>
        public Func<OwnershipRule, int, bool> IsOf { get; init; } = static (_, _) => true;
    }

    private sealed class Options
    {
        public Option<FileInfo?> Edges { get; } = new("--edges") { Description = "Edge list: CSV with a header, comma, semicolon, tab or bar, UTF-8 or GB 18030; the data folder where absent.", HelpName = "FILE" };

        public Option<FileInfo?> Mapping { get; } = new("--mapping") { Description = $"What columns are, lines 'COLUMN: KIND'; columns it does not name are guessed. Kinds: {string.Join(", ", EdgeColumns.Kinds)}.", HelpName = "FILE" };

        public Option<ShareScale> Shares { get; } = new("--shares") { Description = "Whether shares of the list are fractions of 1 or percents; a cell with a % sign is in percent always.", DefaultValueFactory = _ => ShareScale.Fraction };

        public Option<string?> Semantics { get; } = new("--semantics") { Description = "How ownership or control is reckoned; see above.", HelpName = "SEMANTICS" };

        public Option<string?> Rule { get; } = new("--rule") { Description = "A rule of law in place of --semantics: all pairs that meet it; see above. Its wording is that of --as-of, or of today.", HelpName = "NAME" };

        public Option<FileInfo?> Listed { get; } = new("--listed") { Description = "Names of the edge list's parties that are on a list of sanctions, one a line; without it each party is asked about as if it alone were.", HelpName = "FILE" };

        public Option<RangeEnd?> Bound { get; } = new("--bound") { Description = "Which end of ranges must reach the threshold: certain, stated or possible; stated where absent, of control and of rules certain." };

        public Option<string?> AtLeast { get; } = new("--at-least") { Description = "Tell pairs from this part on, as 0.25 or 25%; 0.25 where neither is given, and 0.5 of aggregate-50.", HelpName = "PART" };

        public Option<string?> MoreThan { get; } = new("--more-than") { Description = "Tell pairs above this part; 0.5 of control where absent.", HelpName = "PART" };

        public Option<bool> SelfPairs { get; } = new("--self-pairs") { Description = "Tell also what a company owns of itself through circles; under walk alone it is anything." };

        public Option<TreasuryShares?> Treasury { get; } = new("--treasury") { Description = "Whether shares a company holds of itself count as stated or are taken out, everybody else's part being of what is left; cancelled for control and counted for the others where absent." };

        public Option<ReciprocalVotes?> Reciprocal { get; } = new("--reciprocal") { Description = "Of control: whether votes a company has in one that controls it count as stated or are taken out, everybody else's part being of what is left; counted where absent." };

        public Option<bool> SkipBadRows { get; } = new("--skip-bad-rows") { Description = "Leave rows out that cannot be read, tell the first of them, and end with 3." };

        public Option<FileInfo?> Output { get; } = new("--out") { Description = "CSV file for the pairs; only its owner may read it.", HelpName = "FILE" };

        public Option<string?> Purpose { get; } = CommonOptions.Purpose("What the pairs of a data folder are written for; needed with --out.", isRequired: false);

        public Option<DateOnly?> AsOf { get; } = CommonOptions.AsOf();

        public Option<DirectoryInfo> Data { get; } = CommonOptions.Data();

        public Option<bool> Json { get; } = CommonOptions.Json();

        public IEnumerable<Option> All => [Edges, Mapping, Shares, Semantics, Rule, Listed, Bound, AtLeast, MoreThan, SelfPairs, Treasury, Reciprocal, SkipBadRows, Output, Purpose, AsOf, Data, Json];
    }
}
