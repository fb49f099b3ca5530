using System.Globalization;

namespace GraphRisk.Server.Guard;

/// <summary>Why a query was refused before execution.</summary>
/// <param name="Code">One of <see cref="GuardCodes"/>.</param>
/// <param name="Message">A sentence for the person who wrote the query.</param>
/// <param name="Line">1-based line of the offending token, or null when the whole query offends.</param>
/// <param name="Column">1-based column in bytes, or null with <paramref name="Line"/>.</param>
public sealed record QueryRefusal(string Code, string Message, int? Line = null, int? Column = null)
{
    /// <summary>A count over its limit. The count is a lower bound when counting stopped at the limit.</summary>
    public static QueryRefusal OverLimit(string code, string what, long limit) =>
        new(code, string.Create(CultureInfo.InvariantCulture, $"The query has too many {what}: at most {limit} are served."));

    /// <summary>Places a refusal at a byte offset of the query.</summary>
    public QueryRefusal At(ReadOnlySpan<byte> query, int offset)
    {
        var before = query[..Math.Min(offset, query.Length)];
        var line = before.Count((byte)'\n') + 1;
        return this with { Line = line, Column = before.Length - before.LastIndexOf((byte)'\n') };
    }
}
