using System.Buffers;

namespace GraphRisk.Server.Guard;

internal enum QueryTokenKind : byte
{
    End,
    Name,
    Number,
    String,
    /// <summary>One of <c>! $ &amp; ( ) : = @ [ ] { | }</c>.</summary>
    Punctuator,
    /// <summary><c>...</c></summary>
    Spread,
    Invalid,
}

/// <param name="First">The token's first byte, which tells punctuators apart.</param>
internal readonly record struct QueryToken(QueryTokenKind Kind, byte First, int Start, int Length)
{
    public bool Is(byte punctuator) => Kind == QueryTokenKind.Punctuator && First == punctuator;
}

/// <summary>
/// The lexical grammar of GraphQL (October 2021, section 2.1) over UTF-8 bytes: one pass, no allocation, each
/// byte is looked at a constant number of times. Where the grammar forbids something the token is Invalid and
/// the caller stops: the tokenizer never guesses, so it can't see fewer tokens than the parser behind it does.
/// Values are not decoded: a number's digits and a string's escapes are the parser's affair.
/// </summary>
internal ref struct QueryTokenizer(ReadOnlySpan<byte> query)
{
    private static readonly SearchValues<byte> NameBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"u8);

    private readonly ReadOnlySpan<byte> query = query;
    private int at;

    public QueryToken Next()
    {
        SkipIgnored();
        if (at >= query.Length) return new(QueryTokenKind.End, 0, at, 0);
        var first = query[at];
        return first switch
        {
            _ when IsNameStart(first) => Take(QueryTokenKind.Name, NameLength()),
            (byte)'"' => TakeString(),
            (byte)'.' => query[at..].StartsWith("..."u8) ? Take(QueryTokenKind.Spread, 3) : Take(QueryTokenKind.Invalid, 1),
            (byte)'-' or >= (byte)'0' and <= (byte)'9' => Take(QueryTokenKind.Number, NumberLength()),
            _ => Take("!$&():=@[]{|}"u8.Contains(first) ? QueryTokenKind.Punctuator : QueryTokenKind.Invalid, 1),
        };
    }

    private QueryToken Take(QueryTokenKind kind, int length)
    {
        var token = new QueryToken(kind, query[at], at, length);
        at += length;
        return token;
    }

    private void SkipIgnored()
    {
        while (at < query.Length)
        {
            var b = query[at];
            if (b is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)',') at++;
            else if (b == (byte)'#') SkipComment();
            else if (b == 0xEF && query[at..].StartsWith("\uFEFF"u8)) at += 3;
            else return;
        }
    }

    private void SkipComment()
    {
        var length = query[at..].IndexOfAny((byte)'\n', (byte)'\r');
        at = length < 0 ? query.Length : at + length;
    }

    private readonly int NameLength()
    {
        var length = query[at..].IndexOfAnyExcept(NameBytes);
        return length < 0 ? query.Length - at : length;
    }

    // Takes all that could belong to a number or run into it, so "1a" is one (bad) token and not two.
    private readonly int NumberLength()
    {
        var end = at + 1;
        while (end < query.Length && (char.IsAsciiLetterOrDigit((char)query[end]) || "._+-"u8.Contains(query[end]))) end++;
        return end - at;
    }

    private QueryToken TakeString() =>
        query[at..].StartsWith("\"\"\""u8) ? TakeBlockString() : TakeQuotedString();

    private QueryToken TakeQuotedString()
    {
        for (var end = at + 1; end < query.Length; end++)
        {
            var b = query[end];
            if (b == (byte)'"') return Take(QueryTokenKind.String, end + 1 - at);
            if (b is (byte)'\n' or (byte)'\r') break;
            if (b == (byte)'\\' && end + 1 < query.Length && query[end + 1] is not ((byte)'\n' or (byte)'\r')) end++;
        }
        return Take(QueryTokenKind.Invalid, 1);
    }

    private QueryToken TakeBlockString()
    {
        var end = at + 3;
        while (true)
        {
            var length = query[end..].IndexOf("\"\"\""u8);
            if (length < 0) return Take(QueryTokenKind.Invalid, 3);
            end += length + 3;
            if (query[end - 4] != (byte)'\\') return Take(QueryTokenKind.String, end - at);
        }
    }

    private static bool IsNameStart(byte b) => char.IsAsciiLetter((char)b) || b == (byte)'_';
}
