using System.CommandLine;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Cli.Ownership;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Snapshots;
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
            $"ownership --edges {Sample}/dated.csv --mapping {Sample}/dated.yml --shares percent --as-of 2024-06-30 --semantics control",
            "ownership --data data --semantics corrected --at-least 0.25 --out pairs.csv --purpose supervision");
        foreach (var option in options.All) command.Add(option);
        command.SetAction((parsed, cancellation) => RunAsync(host, options, parsed, cancellation));
        return command;
    }

    private static string Description() => string.Join(Environment.NewLine, [
        "Who owns or controls which company: all pairs of holder and company from a threshold on, of an edge list or of a data folder's holdings, in one pass.",
        "An edge list has the columns owner, owned and share; optionally share min and share max (known by bounds), votes (else they follow the share),",
        "kind (capital, votes, both; indirect rows sum up chains and are passed over) and from, to (the first day, and the day it ends).",
        "Columns are found by name, whatever their order and case; --mapping says what others are. Rows of one pair are added.",
        "A row that cannot be read is named with its field and reason, and nothing is answered unless --skip-bad-rows is given.",
        "The pairs are written to --out by holder and company: holder,company,share,lower,upper; the bounds equal the share where it is known exactly.",
        "",
        "Semantics:",
        .. OwnershipMeasure.All.Select(measure => $"  {measure.Name}: {measure.Meaning}"),
    ]);

    private static async Task<int> RunAsync(Host host, Options options, ParseResult parsed, CancellationToken cancellation)
    {
        var measure = OwnershipMeasure.Named(parsed.GetValue(options.Semantics)!);
        var (threshold, isStrict) = measure.Limit(parsed.GetValue(options.AtLeast), parsed.GetValue(options.MoreThan));
        var watch = new StageWatch(host.Clock);
        var output = parsed.GetValue(options.Output);
        var source = parsed.GetValue(options.Edges) is { } edges
            ? OfList(host, options, parsed, edges, watch, cancellation)
            : await OfFolderAsync(host, options, parsed, output, watch, cancellation);
        var request = new OwnershipRequest(source.Holdings, source.Agreements, threshold, isStrict, parsed.GetValue(options.SelfPairs), parsed.GetValue(options.Treasury));
        var told = watch.Run("solve", () => measure.Find(request, WorkMeter.EndedBy(cancellation)));
        var report = new OwnershipReport(measure, request, source.AsOf, source.NameOf, source.List, told, watch.Seconds, ProcessMemory.Peak());
        if (output is not null) await source.FileAsync(() => WriteAsync(output, report, cancellation));
        if (parsed.GetValue(options.Json)) await host.Out.WriteLineAsync(Json.Of(report.Document()));
        else report.Write(new Terminal(host.Out));
        return source.List is { RefusedCount: > 0 } ? ExitCode.Quarantined : ExitCode.Done;
    }

    private static Source OfList(Host host, Options options, ParseResult parsed, FileInfo edges, StageWatch watch, CancellationToken cancellation)
    {
        OwnersFile.Require(parsed.GetValue(options.Output), new DataFolder(parsed.GetValue(options.Data)!.FullName));
        var columns = parsed.GetValue(options.Mapping) is { } mapping ? EdgeColumns.Load(mapping) : EdgeColumns.Guessed;
        var whole = parsed.GetValue(options.Shares) == ShareScale.Percent ? 100 : 1;
        var asOf = parsed.GetValue(options.AsOf);
        var list = watch.Run("read", () => EdgeList.Read(new EdgeListRequest(edges.FullName, columns, whole, asOf, parsed.GetValue(options.SkipBadRows)), cancellation));
        if (whole == 100 && list.Largest <= 0.01m) host.Error.WriteLine($"{edges}: no share is above 1%; if they are parts of 1, leave --shares percent out.");
        var holdings = watch.Run("build", () => HoldingGraph.Build(list.Names.Count, WorkMeter.EndedBy(cancellation).Along(list.Holdings)));
        return new Source(holdings, [], node => list.Names[node], asOf, list, write => write());
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
        return new Source(holdings, ConcertAgreement.InForce(snapshot), node => snapshot.Nodes.IdOf(node).ToString(), day, null, write => Filing.RunAsync(
            host, bench.Folder, new Deed(AuditAct.Export, "ownership --out", output!.FullName) { Purpose = purpose }, write, pairs => FormattableString.Invariant($"{pairs} pairs")));
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

    /// <summary>Where holdings come from.</summary>
    private sealed record Source(
        HoldingGraph Holdings, System.Collections.Immutable.ImmutableArray<ConcertAgreement> Agreements, Func<int, string> NameOf, DateOnly? AsOf, EdgeList? List, Func<Func<Task<int>>, Task<int>> FileAsync);

    private sealed class Options
    {
        public Option<FileInfo?> Edges { get; } = new("--edges") { Description = "Edge list: CSV with a header, comma, semicolon, tab or bar, UTF-8 or GB 18030; the data folder where absent.", HelpName = "FILE" };

        public Option<FileInfo?> Mapping { get; } = new("--mapping") { Description = $"What columns are, lines 'COLUMN: KIND'; columns it does not name are guessed. Kinds: {string.Join(", ", EdgeColumns.Kinds)}.", HelpName = "FILE" };

        public Option<ShareScale> Shares { get; } = new("--shares") { Description = "Whether shares of the list are fractions of 1 or percents; a cell with a % sign is in percent always.", DefaultValueFactory = _ => ShareScale.Fraction };

        public Option<string> Semantics { get; } = new("--semantics") { Description = "How ownership or control is reckoned; see above.", HelpName = "SEMANTICS", Required = true };

        public Option<string?> AtLeast { get; } = new("--at-least") { Description = "Tell pairs from this part on, as 0.25 or 25%; 0.25 where neither is given, and 0.5 of aggregate-50.", HelpName = "PART" };

        public Option<string?> MoreThan { get; } = new("--more-than") { Description = "Tell pairs above this part; 0.5 of control where absent.", HelpName = "PART" };

        public Option<bool> SelfPairs { get; } = new("--self-pairs") { Description = "Tell also what a company owns of itself through circles; under walk alone it is anything." };

        public Option<TreasuryShares?> Treasury { get; } = new("--treasury") { Description = "Whether shares a company holds of itself count as stated or are taken out, everybody else's part being of what is left; cancelled for control and counted for the others where absent." };

        public Option<bool> SkipBadRows { get; } = new("--skip-bad-rows") { Description = "Leave rows out that cannot be read, tell the first of them, and end with 3." };

        public Option<FileInfo?> Output { get; } = new("--out") { Description = "CSV file for the pairs; only its owner may read it.", HelpName = "FILE" };

        public Option<string?> Purpose { get; } = CommonOptions.Purpose("What the pairs of a data folder are written for; needed with --out.", isRequired: false);

        public Option<DateOnly?> AsOf { get; } = CommonOptions.AsOf();

        public Option<DirectoryInfo> Data { get; } = CommonOptions.Data();

        public Option<bool> Json { get; } = CommonOptions.Json();

        public IEnumerable<Option> All => [Edges, Mapping, Shares, Semantics, AtLeast, MoreThan, SelfPairs, Treasury, SkipBadRows, Output, Purpose, AsOf, Data, Json];
    }
}
