using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using GraphRisk.Cli.Commands;
using GraphRisk.Cli.Composition;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Store;
using GraphRisk.Server.Security;
using GraphRisk.Server.Ui;

namespace GraphRisk.Cli.Backups;

/// <summary>A question of a restore drill.</summary>
/// <param name="Name">What it is called in the report: the sample's name, or the node.</param>
/// <param name="Document">The GraphQL document.</param>
/// <param name="Variables">Its variables.</param>
internal sealed record DrillQuestion(string Name, string Document, JsonObject? Variables);

/// <summary>An answer of a restore drill.</summary>
/// <param name="Hash">SHA-256 of its data and errors.</param>
/// <param name="Refused">The errors' first code; null where it has none.</param>
internal sealed record DrillAnswer(string Hash, string? Refused);

/// <summary>What a restore drill asks of a store and of what was restored from its backup.</summary>
internal static class DrillQuestions
{
    private const int MostSamples = 10;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>Some of the supervisor's sample questions, and for the rest all that is known of nodes of the store, both drawn by a seed.</summary>
    public static async Task<ImmutableArray<DrillQuestion>> DrawAsync(IGraphStore store, long version, int count, int seed, CancellationToken cancellation)
    {
        var random = new Random(seed);
        var samples = ExplorerQuery.Samples.Where(sample => sample.Asker.Role == Role.Regulator).ToArray();
        random.Shuffle(samples);
        ImmutableArray<DrillQuestion> asked = [.. samples.Take(Math.Min(MostSamples, count / 2))
            .Select(sample => new DrillQuestion(sample.Name, sample.Query, sample.Variables is { } text ? JsonNode.Parse(text)!.AsObject() : null))];

        // Each fact about a node has the same chance to be among those drawn (reservoir sampling).
        var (drawn, seen) = (new List<NodeId>(), 0);
        await foreach (var recorded in store.ReadAsync(ReadScope.All(version), cancellation))
        {
            if (recorded.Fact is not NodeFact { Node: var node }) continue;
            seen++;
            if (drawn.Count < count - asked.Length) drawn.Add(node);
            else if (random.Next(seen) is var place && place < drawn.Count) drawn[place] = node;
        }

        return asked.AddRange(drawn.Select(node => OfNode(store, node)));
    }

    /// <summary>Asks as the supervisor, by the same way as <c>graphrisk query</c>.</summary>
    public static Task<ImmutableArray<DrillAnswer>> AskAsync(Host host, Workbench bench, IGraphStore store, ImmutableArray<DrillQuestion> questions, CancellationToken cancellation)
    {
        var viewer = TokenCommand.ViewerOf(Role.Regulator, null, "supervision", "restore drill");
        return QueryCommand.AskStoreAsync(host, bench, store, viewer, async (endpoint, token) =>
        {
            using var http = new HttpClient { Timeout = Longest };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/graphql-response+json"));
            var answers = ImmutableArray.CreateBuilder<DrillAnswer>();
            foreach (var question in questions) answers.Add(await AskAsync(http, endpoint, question, cancellation));
            return answers.DrainToImmutable();
        }, cancellation, Longest);
    }

    private static DrillQuestion OfNode(IGraphStore store, NodeId node)
    {
        var type = store.Catalog.FindNode(node.Type)!;
        var fields = string.Join(' ', type.Fields.Select(field => field.Name));
        return new DrillQuestion($"{node}", $"query Drill($id: ID!) {{ node(id: $id) {{ __typename id ... on {type.Name} {{ {fields} records {{ source recordKey }} }} }} }}", new JsonObject { ["id"] = $"{node}" });
    }

    private static async Task<DrillAnswer> AskAsync(HttpClient http, Uri endpoint, DrillQuestion question, CancellationToken cancellation)
    {
        var body = new JsonObject { ["query"] = question.Document, ["variables"] = question.Variables?.DeepClone() }.ToJsonString();
        while (true)
        {
            using var response = await http.PostAsync(endpoint, new StringContent(body, Encoding.UTF8, "application/json"), cancellation);
            if (response.StatusCode == HttpStatusCode.TooManyRequests && response.Headers.RetryAfter?.Delta is { } wait)
            {
                await Task.Delay(wait, cancellation);
                continue;
            }

            var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellation))!;
            var told = new JsonObject { ["data"] = answer["data"]?.DeepClone(), ["errors"] = answer["errors"]?.DeepClone() }.ToJsonString();
            return new DrillAnswer(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(told))), (string?)answer["errors"]?[0]?["extensions"]?["code"]);
        }
    }
}
