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
    /// <param name="document">The question.</param>
    /// <param name="variables">Its variables.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="isPartly">Whether an answer of which parts are refused is one; it names them itself.</param>
    /// <exception cref="UserErrorException">It was refused; the message says why.</exception>
    public async Task<JsonObject> AskAsync(string document, JsonObject variables, CancellationToken cancellation, bool isPartly = false)
    {
        var body = new JsonObject { ["query"] = document, ["variables"] = variables };
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/graphql-response+json"));
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request, cancellation);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellation))!;
        var isThere = answer["data"] is JsonObject { Count: > 0 } data && data.All(field => field.Value is not null);
        if (answer["errors"] is JsonArray { Count: > 0 } errors && !(isPartly && isThere)) throw new UserErrorException(string.Join(" ", errors.Select(error => $"{error?["message"]} ({error?["extensions"]?["code"]})")));
        return answer["data"]!.AsObject();
    }
}
