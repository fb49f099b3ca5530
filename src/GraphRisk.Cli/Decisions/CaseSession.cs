using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using GraphRisk.Cli.Composition;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Cli.Decisions;

/// <summary>Questions and commands on cases of one kind, put to a server as GraphQL: the rights, the table and the filing are those of everybody.</summary>
/// <param name="kind">The kind.</param>
/// <param name="endpoint">The server.</param>
/// <param name="token">Who asks.</param>
/// <param name="http">Sends.</param>
internal sealed class CaseSession(CaseKind kind, Uri endpoint, string? token, HttpClient http)
{
    /// <summary>Name of a case of the kind as an argument and as a field: <c>application</c>.</summary>
    public string Noun { get; } = char.ToLowerInvariant(kind.NodeType[0]) + kind.NodeType[1..];

    /// <summary>What the commands of the kind stand under.</summary>
    public required string Under { get; init; }

    /// <summary>The data of an answer.</summary>
    /// <exception cref="UserErrorException">It was refused; the message says why.</exception>
    public async Task<JsonObject> AskAsync(string document, JsonObject variables, CancellationToken cancellation)
    {
        var body = new JsonObject { ["query"] = document, ["variables"] = variables };
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/graphql-response+json"));
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request, cancellation);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellation))!;
        if (answer["errors"] is JsonArray { Count: > 0 } errors) throw new UserErrorException(string.Join(" ", errors.Select(error => $"{error?["message"]} ({error?["extensions"]?["code"]})")));
        return answer["data"]!.AsObject();
    }

    /// <summary>Makes a move of a case.</summary>
    /// <param name="move">What the table calls it.</param>
    /// <param name="typed">Number or id of the case.</param>
    /// <param name="carried">What it carries, key and all: name, GraphQL type, value.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<JsonObject> MoveAsync(string move, string typed, IReadOnlyList<(string Name, string Type, JsonNode Value)> carried, CancellationToken cancellation)
    {
        var given = carried.Prepend((Name: Noun, Type: "ID!", Value: await IdOfAsync(typed, cancellation))).ToList();
        return await CommandAsync(move + kind.NodeType, given, cancellation);
    }

    /// <summary>Gives a command that moves or opens a case.</summary>
    public async Task<JsonObject> CommandAsync(string command, IReadOnlyList<(string Name, string Type, JsonNode Value)> given, CancellationToken cancellation)
    {
        var document = $"mutation({string.Join(", ", given.Select(one => $"${one.Name}: {one.Type}"))}) {{ {command}({string.Join(", ", given.Select(one => $"{one.Name}: ${one.Name}"))}) "
            + $"{{ {Noun} {{ id reference state moveCount }} move {{ move serial at }} isNew }} }}";
        var variables = new JsonObject(given.Select(one => KeyValuePair.Create<string, JsonNode?>(one.Name, one.Value)));
        return (await AskAsync(document, variables, cancellation))[command]!.AsObject();
    }

    /// <summary>The id of the case that is meant.</summary>
    /// <exception cref="UserErrorException">There is none of this number.</exception>
    private async Task<JsonNode> IdOfAsync(string typed, CancellationToken cancellation)
    {
        if (typed.Contains('/', StringComparison.Ordinal)) return typed;
        var found = (await AskAsync($"query($number: String!) {{ {Noun}s(where: {{ reference: {{ eq: $number }} }}) {{ nodes {{ id }} }} }}", new JsonObject { ["number"] = typed }, cancellation))[$"{Noun}s"]!["nodes"]!.AsArray();
        return found.Count == 1 ? found[0]!["id"]!.GetValue<string>() : throw new UserErrorException($"You know of no {Noun} '{typed}': '{Under} list' names those there are.");
    }
}
