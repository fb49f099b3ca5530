namespace GraphRisk.Matching.Values;

/// <summary>Mailboxes and web sites.</summary>
internal static class OnlineText
{
    /// <summary>The mailbox in small letters, without the name before it and the brackets around it (<c>"Jay Jones" &lt;jay@x.com&gt;</c>).</summary>
    public static string? Email(string written)
    {
        var text = written.AsSpan().Trim();
        var open = text.LastIndexOf('<');
        if (open >= 0 && text[^1] == '>') text = text[(open + 1)..^1].Trim();
        if (text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)) text = text["mailto:".Length..];
        text = text.Trim(" ,;.\"'");
        return text.IsEmpty ? null : text.ToString().ToLowerInvariant();
    }

    /// <summary>The site in small letters, without protocol, www, and a slash at the end.</summary>
    public static string? Website(string written)
    {
        var text = written.AsSpan().Trim();
        var protocol = text.IndexOf("://", StringComparison.Ordinal);
        if (protocol is > 0 and < 8) text = text[(protocol + 3)..];
        if (text.StartsWith("www.", StringComparison.OrdinalIgnoreCase)) text = text[4..];
        text = text.TrimEnd("/ ");
        return text.IsEmpty ? null : text.ToString().ToLowerInvariant();
    }
}
