using System.CommandLine;
using System.Globalization;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Server.Security.Audit;
using GraphRisk.Stores;
using GraphRisk.Stores.Copy;
using GraphRisk.Stores.Erasure;
using GraphRisk.Stores.Neo4j;
using GraphRisk.Stores.Neo4j.Bulk;
using GraphRisk.Stores.Sqlite;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk store</c>: moves whole stores and proves that they hold the same.</summary>
internal static class StoreCommand
{
    public static Command Build(Host host) =>
        new ExampleCommand(
            "store", "Whole stores: copy one into another, export for Neo4j's bulk import, check, compare by content hash.",
            "store hash --data data",
            "store copy --from sqlite:data/store.db --to neo4j:http://127.0.0.1:7474 --purpose operation",
            "store export --neo4j-import import --purpose operation --data data",
            "store check --store neo4j:")
        { BuildHash(host), BuildCheck(host), AcceptCommand.Build(host), BuildCopy(host), BuildExport(host) };

    private static ExampleCommand BuildHash(Host host)
    {
        var store = Store();
        var at = new Option<long?>("--at-version") { Description = "Version up to which to read; the newest where absent.", HelpName = "N" };
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new ExampleCommand("hash",
            "Print the content hash: equal for stores that recorded the same, whichever kind they are.",
            "store hash --data data", "store hash --store neo4j:http://127.0.0.1:7474", "store hash --store sqlite:old.db --at-version 12 --json")
        { store, at, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (address, opened) = await OpenAsync(host, parsed, store, data, cancellation);
            await using var _ = opened;
            var newest = await opened.GetVersionAsync(cancellation);
            var version = parsed.GetValue(at) ?? newest.Number;
            if (version < 0 || version > newest.Number)
                throw new UserErrorException($"The store's newest version is {newest.Number}; there is no version {version}.");
            var hash = await ContentHash.ComputeAsync(opened, version, cancellation);
            await host.Out.WriteLineAsync(parsed.GetValue(json) ? Json.Of(new { store = address, version, contentHash = hash }) : hash);
            return ExitCode.Done;
        });
        return command;
    }

    private static ExampleCommand BuildCheck(Host host)
    {
        var store = Store();
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new ExampleCommand("check",
            "Look for faults of the store itself; ends with 1 where there are any. Tells which store it is, by which history, what was erased of it, and by which version of the schema it was held.", "store check --data data", "store check --store neo4j: --json")
        { store, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (address, opened) = await OpenAsync(host, parsed, store, data, cancellation);
            await using var _ = opened;
            var version = await opened.GetVersionAsync(cancellation);
            var faults = await opened.CheckAsync(cancellation);
            var mark = await opened.GetMarkAsync(version.Number, cancellation) ?? default;
            var (schema, erasures) = (opened.Catalog.Hash, opened is SqliteGraphStore embedded ? await StoreErasure.NotedAsync(embedded, cancellation) : []);
            if (parsed.GetValue(json)) await host.Out.WriteLineAsync(Json.Of(new { store = address, version = version.Number, identity = mark.StoreText, history = mark.HistoryText, schema, unknown = opened.Unknown, erasures, faults }));
            else if (faults.Count > 0) await host.Out.WriteLineAsync(string.Join('\n', faults));
            else await host.Out.WriteLineAsync(string.Join('\n', [$"Sound at version {version.Number}, store {mark.StoreText}, history {mark.HistoryText}, schema {schema}: {address}.", .. erasures.Select(Told)]));
            if (!parsed.GetValue(json) && SchemaElements.Told(opened.Unknown) is { } told) await host.Out.WriteLineAsync(told);
            return faults.Count == 0 ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static string Told(NotedErasure erasure) => string.Create(
        CultureInfo.InvariantCulture, $"Erasure {erasure.Number} of {erasure.At:O}: the content hash up to version {erasure.Version} was {erasure.HashBefore} and is {erasure.HashAfter} since.");

    private static ExampleCommand BuildCopy(Host host)
    {
        var from = new Option<string>("--from") { Description = "Store to read.", HelpName = "STORE", Required = true };
        var to = new Option<string>("--to") { Description = "Store to write: empty, or left by an earlier copy of the same.", HelpName = "STORE", Required = true };
        var purpose = CommonOptions.Purpose("What the copy is for.", isRequired: true);
        var data = TrailData();
        var json = CommonOptions.Json();
        var command = new ExampleCommand("copy",
            "Copy everything one store recorded into another, version by version, and prove it by the content hash; a copy broken off goes on "
            + $"when run again. STORE is {StoreAddress.Forms}; secrets come from GRAPHRISK_NEO4J_USER, _PASSWORD, _TOKEN, _DATABASE, "
            + "or, for two servers, GRAPHRISK_FROM_NEO4J_* and GRAPHRISK_TO_NEO4J_*.",
            "store copy --from sqlite:data/store.db --to neo4j:http://127.0.0.1:7474 --purpose operation",
            "store copy --from neo4j:https://example.databases.neo4j.io --to sqlite:backup.db --purpose operation",
            "store copy --from neo4j:http://old:7474 --to neo4j:http://new:7474 --purpose operation --json")
        { from, to, purpose, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var catalog = SchemaCatalog.LoadEmbedded();
            var addresses = (From: Parse(host, parsed.GetValue(from)!, "FROM_"), To: Parse(host, parsed.GetValue(to)!, "TO_"));
            if (addresses.From.Text == addresses.To.Text) throw new UserErrorException("--from and --to name the same store.");
            await using var source = await addresses.From.OpenAsync(catalog, host.Clock, mayMake: false, cancellation);
            await using var target = await addresses.To.OpenAsync(catalog, host.Clock, mayMake: true, cancellation);
            var report = await Filing.RunAsync(
                host, TrailFolder(host, parsed.GetValue(data), addresses.From),
                new Deed(AuditAct.Export, "store copy", $"{addresses.From.Text} to {addresses.To.Text}") { Purpose = parsed.Purpose(purpose) },
                () => new Stages(host.Error, host.Clock).RunAsync("copy", progress => StoreCopy.RunAsync(source, target, progress, cancellation)),
                copied => FormattableString.Invariant($"{copied.Copied} recordings, content hash {copied.ContentHash}"));
            if (parsed.GetValue(json)) await host.Out.WriteLineAsync(Json.Of(report));
            else new Terminal(host.Out).WriteFigures("Copy", [
                ("versions the target had", Number(report.From)), ("versions both have", Number(report.Version)),
                ("recordings copied", Number(report.Copied)), ("content hash of both", report.ContentHash)]);
            return ExitCode.Done;
        });
        return command;
    }

    private static ExampleCommand BuildExport(Host host)
    {
        var folder = new Option<DirectoryInfo>("--neo4j-import") { Description = "Folder for the CSV files and import.sh; empty or absent.", HelpName = "DIR", Required = true };
        var store = Store();
        var purpose = CommonOptions.Purpose("What the export is for.", isRequired: true);
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new ExampleCommand("export",
            "Write CSV files for 'neo4j-admin database import full' and the command line: the way to load millions into an empty Neo4j. "
            + "Constraints and indexes are made when the loaded database is first opened.",
            "store export --neo4j-import import --purpose operation --data data",
            "store export --neo4j-import import --purpose operation --store sqlite:old.db")
        { folder, store, purpose, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (address, opened) = await OpenAsync(host, parsed, store, data, cancellation);
            await using var _ = opened;
            ExportLevel.Require(opened.Catalog);
            var target = parsed.GetValue(folder)!.FullName;
            var report = await Filing.RunAsync(
                host, TrailFolder(host, parsed.GetValue(store) is null ? parsed.GetValue(data) : null, Parse(host, address, "")),
                new Deed(AuditAct.Export, "store export", $"{address} to {target}") { Purpose = parsed.Purpose(purpose) },
                () => new Stages(host.Error, host.Clock).RunAsync("export", progress => BulkExport.RunAsync(opened, target, progress, cancellation)),
                written => FormattableString.Invariant($"{written.Recordings} recordings, content hash {written.ContentHash}"));
            if (parsed.GetValue(json))
            {
                await host.Out.WriteLineAsync(Json.Of(report));
                return ExitCode.Done;
            }

            new Terminal(host.Out).WriteFigures("Export", [
                ("version", Number(report.Version)), ("recordings", Number(report.Recordings)), ("nodes", Number(report.Nodes)),
                ("relationships", Number(report.Relationships)), ("MB", Number(report.Bytes >> 20)), ("content hash", report.ContentHash)]);
            await host.Out.WriteLineAsync($"Stop the server and run {report.Script}, which is:\n\n{await File.ReadAllTextAsync(report.Script, cancellation)}");
            return ExitCode.Done;
        });
        return command;
    }

    private static Option<string?> Store() => new("--store")
    {
        Description = $"Store to read, {StoreAddress.Forms}; where absent the one on Neo4j that is configured, else the embedded one of the data folder.",
        HelpName = "STORE",
    };

    private static async Task<(string Address, IGraphStore Store)> OpenAsync(
        Host host, ParseResult parsed, Option<string?> store, Option<DirectoryInfo> data, CancellationToken cancellation)
    {
        var folder = new DataFolder(parsed.GetValue(data)!.FullName);
        var configured = host.In(folder.Path);
        if (parsed.GetValue(store) is null && Neo4jOptions.FromEnvironment(configured.Variable) is not null)
        {
            var server = Parse(configured, "neo4j:", "");
            return (server.Text, await server.OpenAsync(SchemaCatalog.LoadEmbedded(), host.Clock, mayMake: false, cancellation));
        }

        if (parsed.GetValue(store) is not { } named)
            return ("sqlite:" + folder.Store, GraphStores.OpenSqlite(folder.Store, SchemaCatalog.LoadEmbedded(), StoreGuard.Require(folder)));
        var address = Parse(host, named, "");
        return (address.Text, await address.OpenAsync(SchemaCatalog.LoadEmbedded(), host.Clock, mayMake: false, cancellation));
    }

    private static Option<DirectoryInfo?> TrailData() => new("--data")
    {
        Description = "Folder whose audit trail files it; where absent that of the store's file, or 'data' for a store on a server.",
        HelpName = "DIR",
    };

    /// <summary>The data folder whose audit trail files what is done with a store: the one that was typed, or where the store's file lies.</summary>
    private static DataFolder TrailFolder(Host host, DirectoryInfo? given, StoreAddress store) =>
        new DataFolder(given?.FullName ?? store.Folder ?? Path.GetFullPath("data")).Create().SharedAsIn(host);

    private static StoreAddress Parse(Host host, string text, string side) => StoreAddress.Parse(text, side, host.Variable);

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
