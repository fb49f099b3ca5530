using GraphRisk.Scoring.Texts;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace GraphRisk.Server.Descriptions;

/// <summary>
/// The language of descriptions that a request asks for by <c>Accept-Language</c> (RFC 9110, section 12.5.4): of those there are the one it
/// likes most, Chinese in any script or region; English where it names none of them.
/// </summary>
internal static class SpokenLanguage
{
    public static Language Of(HttpRequest request)
    {
        if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var ranges)) return Language.English;
        foreach (var range in ranges.Where(range => range.Quality is not 0).OrderByDescending(range => range.Quality ?? 1))
            switch (Primary(range.Value.AsSpan()))
            {
                case "zh": return Language.Chinese;
                case "en" or "*": return Language.English;
            }

        return Language.English;
    }

    private static string Primary(ReadOnlySpan<char> range) => (range.IndexOf('-') is >= 0 and var end ? range[..end] : range).ToString().ToLowerInvariant();
}
