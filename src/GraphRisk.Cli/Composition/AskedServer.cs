using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace GraphRisk.Cli.Composition;

/// <summary>A server that is asked in GraphQL by commands that put answers into words of their own: rights and filing are those of everybody.</summary>
/// <param name="endpoint">The server.</param>
/// <param name="token">Who asks.</param>
/// <param name="http">Sends.</param>
internal sealed class AskedServer(Uri endpoint, string? token, HttpClient http)
{
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
}
