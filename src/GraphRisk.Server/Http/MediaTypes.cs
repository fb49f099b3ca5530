using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace GraphRisk.Server.Http;

/// <summary>The two media types of GraphQL over HTTP and the choice between them (RFC 9110, section 12.5.1).</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string GraphQLResponse = "application/graphql-response+json";

    /// <summary>
    /// The media type to answer with: the one the client wants more. Where it wants both alike, and named the newer
    /// one, that; otherwise JSON. Null when it takes neither. Without an Accept header, or with one that can't be
    /// read, JSON.
    /// </summary>
    public static string? Negotiate(StringValues accept)
    {
        if (IsOneOfGraphQL(accept)) return accept[0];
        if (!MediaTypeHeaderValue.TryParseList(accept, out var ranges) || ranges.Count == 0) return Json;
        var (response, named) = Quality(ranges, GraphQLResponse);
        var (json, _) = Quality(ranges, Json);
        if (response == 0 && json == 0) return null;
        return response > json || (response == json && named) ? GraphQLResponse : Json;
    }

    /// <summary>Whether the client takes one of the two and nothing else, as most do.</summary>
    public static bool IsOneOfGraphQL(StringValues accept) => accept is [Json or GraphQLResponse];

    /// <summary>Whether the client names HTML, as a person's browser does.</summary>
    public static bool WantsHtml(StringValues accept) =>
        MediaTypeHeaderValue.TryParseList(accept, out var ranges) && Quality(ranges, "text/html").Named;

    /// <summary>Whether a body of this Content-Type is JSON in UTF-8.</summary>
    public static bool IsJsonInUtf8(string? contentType) =>
        contentType == Json || (MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase)
        && IsUtf8(type));

    // The most specific range that matches decides: type/subtype over type/* over */*.
    private static (double Quality, bool Named) Quality(IList<MediaTypeHeaderValue> ranges, string type)
    {
        var wanted = new MediaTypeHeaderValue(type);
        var best = ranges
            .Where(range => Covers(range, wanted) && IsUtf8(range))
            .OrderBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0)
            .FirstOrDefault();
        return (best is null ? 0 : best.Quality ?? 1, best is { MatchesAllSubTypes: false, Quality: not 0 });
    }

    private static bool Covers(MediaTypeHeaderValue range, MediaTypeHeaderValue type) =>
        range.MatchesAllTypes
        || (range.Type.Equals(type.Type, StringComparison.OrdinalIgnoreCase)
            && (range.MatchesAllSubTypes || range.SubType.Equals(type.SubType, StringComparison.OrdinalIgnoreCase)));

    private static bool IsUtf8(MediaTypeHeaderValue type) =>
        !type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);
}
