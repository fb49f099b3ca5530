using System.Buffers.Text;
using System.Text;

namespace GraphRisk.Server.Paging;

/// <summary>
/// The place of an item in a connection, as a text clients hand back unread. It names the item, not its position, so it
/// still fits when others have come before it.
/// </summary>
public static class Cursor
{
    private const string Prefix = "at:";

    /// <summary>The cursor of an item.</summary>
    /// <param name="key">What tells the item from the others of its connection.</param>
    public static string Of(string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Prefix + key));

    /// <summary>The item's key; null where the text is not a cursor.</summary>
    public static string? Read(string cursor)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(cursor.Length)];
        if (!Base64Url.IsValid(cursor) || !Base64Url.TryDecodeFromChars(cursor, bytes, out var written)) return null;
        var text = Encoding.UTF8.GetString(bytes, 0, written);
        return text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : null;
    }
}
