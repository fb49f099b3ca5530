using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Store;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tables;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk query</c>: asks a running server, or the store of a data folder.</summary>
internal static class QueryCommand
{
    private const string JsonName = "json";

    public static Command Build(Host host)
    {
        var file = new Argument<FileInfo>("file") { Description = "GraphQL document." };
        var variables = new Option<string?>("--variables") { Description = "Variables as JSON, or @FILE.", HelpName = "JSON" };
        var operation = new Option<string?>("--operation") { Description = "Name of the operation, where the document has several." };
        var url = new Option<string?>("--url") { Description = "Endpoint of a running server; the store of --data where absent.", HelpName = "URL" };
        var token = new Option<string?>("--token-file") { Description = "File with the token for --url; GRAPHRISK_TOKEN where absent.", HelpName = "FILE" };
        var role = new Option<Role>("--role") { Description = "Whom to ask as, over --data.", DefaultValueFactory = _ => Role.Regulator };
        var of = new Option<string?>("--of") { Description = "The broker or client to ask as.", HelpName = "ID" };
        var purpose = new Option<string?>("--purpose") { Description = "What data is read for.", DefaultValueFactory = _ => "supervision" };
        var reason = new Option<string?>("--reason") { Description = "Why masked values are to be shown, over --data; filed." };
        var format = new Option<string>("--format")
        {
            Description = $"{JsonName}; the rows of the one connection or list the query asks as a table: {Names(one => one.Open is not null)}; its nodes and edges as a graph: {Names(one => one.Draw is not null)}.",
            HelpName = "FORMAT",
            DefaultValueFactory = _ => JsonName,
        };
        format.AcceptOnlyFromAmong([JsonName, .. TableFormat.All.Select(one => one.Name)]);
        var output = new Option<FileInfo?>("--output") { Description = "File for the answer; standard output where absent.", HelpName = "FILE" };
        var explain = new Option<bool>("--explain") { Description = "Say what the question would touch and spend, at worst and usually, and do not ask it." };
        var partial = new Option<bool>("--allow-partial") { Description = "Take a table in which columns, cells or ends of lists are missing, as the standard error tells: exit code 0, not 1." };
        var data = CommonOptions.Data();
        var command = new ExampleCommand("query", 
            "Run a GraphQL document and print the answer as JSON, a table or a graph; exit code 1 where the answer has errors.",
            "query samples/queries/09-market-by-broker.graphql",
            "query question.graphql --variables '{\"id\":\"Company/registry:91110000600037341L\"}'",
            "query companies.graphql --format parquet --output companies.parquet",
            "query samples/queries/23-how-two-companies-hang-together.graphql --variables @samples/queries/23-how-two-companies-hang-together.variables.json --format dot --output paths.dot",
            "query samples/queries/24-listed-and-indebted.graphql --explain",
            "query question.graphql --url http://127.0.0.1:5080/graphql")
        { file, variables, operation, url, token, role, of, purpose, reason, format, output, partial, explain, data };
        command.SetAction(async (parsed, cancellation) =>
        {
            var body = Body(parsed.GetValue(file)!, parsed.GetValue(variables), parsed.GetValue(operation), parsed.GetValue(explain));
            var table = parsed.GetValue(explain) ? null : TableFormat.All.FirstOrDefault(one => one.Name == parsed.GetValue(format));
            var answers = new AnswerWriter(host, table, parsed.GetValue(output), parsed.GetValue(partial));
            Func<Uri, string?, Task<int>> ask = (endpoint, bearer) => answers.AskAsync(endpoint, bearer, body, cancellation);
            return parsed.GetValue(url) is { } endpoint
                ? await ask(Endpoint(endpoint), Token(host, parsed.GetValue(token)))
                : await AskFolderAsync(
                    host, parsed.FilledFolder(data, host), parsed.GetValue(role), parsed.GetValue(of),
                    id => TokenCommand.ViewerOf(parsed.GetValue(role), id, parsed.GetValue(purpose), parsed.GetValue(reason)), ask, cancellation);
        });
        return command;
    }

    private static string Names(Func<TableFormat, bool> which) => string.Join(", ", TableFormat.All.Where(which).Select(one => one.Name));

    private static string Body(FileInfo file, string? variables, string? operation, bool explains)
    {
        if (!file.Exists) throw new UserErrorException($"There is no file '{file.FullName}'.");
        var text = variables is ['@', .. var path] ? File.ReadAllText(path) : variables;
        try
        {
            return new JsonObject
            {
                ["query"] = File.ReadAllText(file.FullName),
                ["variables"] = text is null ? null : JsonNode.Parse(text),
                ["operationName"] = operation,
                ["extensions"] = explains ? new JsonObject { ["explain"] = true } : null,
            }.ToJsonString();
        }
        catch (JsonException error)
        {
            throw new UserErrorException($"--variables is not JSON: {error.Message}");
        }
    }

    private static Uri Endpoint(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var endpoint) && (endpoint.Scheme is "http" or "https")
            ? endpoint
            : throw new UserErrorException($"--url is '{url}', not an http or https address.");

    private static string? Token(Host host, string? file) =>
        file is not null ? File.ReadAllText(file).Trim() : host.Variable("GRAPHRISK_TOKEN");

    /// <summary>Asks the store of a data folder as somebody, behind a server of its own that nobody else can ask.</summary>
    /// <param name="longest">The longest an answer may take where that is not the usual time; it may then spend as much more.</param>
    public static async Task<int> AskFolderAsync(
        Host host, DataFolder folder, Role role, string? of, Func<string?, Viewer> describe, Func<Uri, string?, Task<int>> ask, CancellationToken cancellation, TimeSpan? longest = null)
    {
        var bench = new Workbench(host, folder);
        await using var store = await bench.OpenStoreAsync(cancellation);
        return await AskStoreAsync(host, bench, store, await TokenCommand.KnownAsync(store, role, of, describe, cancellation), ask, cancellation, longest);
    }

    /// <summary>Asks a store as somebody, behind a server of its own that nobody else can ask.</summary>
    /// <param name="host">The clock.</param>
    /// <param name="bench">The data folder.</param>
    /// <param name="store">The store.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ask">Asks, given the server and a token.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="longest">The longest an answer may take where that is not the usual time; it may then spend as much more.</param>
    public static async Task<T> AskStoreAsync<T>(
        Host host, Workbench bench, IGraphStore store, Viewer viewer, Func<Uri, string?, Task<T>> ask, CancellationToken cancellation, TimeSpan? longest = null)
    {
        // The server of one question takes the tokens of one key that nobody else ever has.
        var key = RandomNumberGenerator.GetBytes(32);
        var options = bench.Folder.ToServerOptions() with { Port = 0, DevelopmentTokens = true, DevelopmentKey = key };
        if (longest is { } timeout) options = options with { Timeout = timeout, Budget = options.Budget.Times(timeout / options.Timeout) };
        await using var service = await Service.OpenAsync(host, bench, store, null, options, cancellation, isForOneQuestion: true);
        await service.StartAsync(cancellation);
        var token = new DevelopmentTokens(key, PurposeCatalog.Default, host.Clock).Issue(viewer, longest is null ? TimeSpan.FromMinutes(5) : TimeSpan.FromHours(12));
        return await ask(new Uri(service.Address), token);
    }
}
