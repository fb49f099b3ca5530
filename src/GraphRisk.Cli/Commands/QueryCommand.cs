using System.CommandLine;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Server.Security;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk query</c>: asks a running server, or the store of a data folder.</summary>
internal static class QueryCommand
{
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
        var data = CommonOptions.Data();
        var command = new ExampleCommand("query", 
            "Run a GraphQL document and print the answer as JSON; exit code 1 where the answer has errors.",
            "query samples/queries/09-market-by-broker.graphql",
            "query question.graphql --variables '{\"id\":\"Company/registry:91110000600037341L\"}'",
            "query question.graphql --url http://127.0.0.1:5080/graphql")
        { file, variables, operation, url, token, role, of, purpose, data };
        command.SetAction(async (parsed, cancellation) =>
        {
            var body = Body(parsed.GetValue(file)!, parsed.GetValue(variables), parsed.GetValue(operation));
            var answer = parsed.GetValue(url) is { } endpoint
                ? await PostAsync(Endpoint(endpoint), Token(host, parsed.GetValue(token)), body, cancellation)
                : await AskFolderAsync(
                    host, parsed.FilledFolder(data, host),
                    TokenCommand.ViewerOf(parsed.GetValue(role), parsed.GetValue(of), parsed.GetValue(purpose), null), body, cancellation);
            await host.Out.WriteLineAsync(answer.ToJsonString(Json.Options));
            return answer["errors"] is null ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static string Body(FileInfo file, string? variables, string? operation)
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

    private static async Task<JsonNode> AskFolderAsync(
        Host host, DataFolder folder, Viewer viewer, string body, CancellationToken cancellation)
    {
        var bench = new Workbench(host, folder);
        await using var store = await bench.OpenStoreAsync(cancellation);
        await TokenCommand.RequireKnownAsync(store, viewer, cancellation);
        // The server of one question takes the tokens of one key that nobody else ever has.
        var key = RandomNumberGenerator.GetBytes(32);
        var options = bench.Folder.ToServerOptions() with { Port = 0, DevelopmentTokens = true, DevelopmentKey = key };
        await using var service = await Service.OpenAsync(host, bench, store, null, options, cancellation);
        await service.StartAsync(cancellation);
        var token = new DevelopmentTokens(key, PurposeCatalog.Default, host.Clock).Issue(viewer, TimeSpan.FromMinutes(5));
        return await PostAsync(new Uri(service.Address), token, body, cancellation);
    }

    private static async Task<JsonNode> PostAsync(Uri endpoint, string? token, string body, CancellationToken cancellation)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/graphql-response+json"));
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var response = await http.SendAsync(request, cancellation);
            var text = await response.Content.ReadAsStringAsync(cancellation);
            return JsonNode.Parse(text) ?? throw new UserErrorException($"{endpoint} answered {(int)response.StatusCode} without JSON.");
        }
        catch (HttpRequestException error)
        {
            throw new UserErrorException($"{endpoint} does not answer: {error.Message}");
        }
    }
}
