using System.Buffers.Binary;
using System.Text;

namespace GraphRisk.Cli.Recovery.Printing;

/// <summary>
/// A font with Chinese in it, as PDF embeds it: TrueType outlines alone (OpenType specification, tables <c>glyf</c> and <c>cmap</c>). Fonts of the system are looked through by name; of a collection (.ttc) the first face is taken
/// out, its tables copied to a file of its own.
/// </summary>
internal static class ChineseFont
{
    private const int TableRecord = 16;
    private const int HeaderSize = 12;

    /// <summary>Folders where systems keep fonts.</summary>
    private static readonly string[] Folders =
    [
        "/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts",
        Environment.GetFolderPath(Environment.SpecialFolder.Fonts), Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share", "fonts"),
    ];

    /// <summary>Names of files with Chinese and TrueType outlines, the most formal first.</summary>
    private static readonly string[] Names = ["simsun.ttc", "simsun.ttf", "uming.ttc", "simhei.ttf", "msyh.ttc", "wqy-zenhei.ttc", "wqy-microhei.ttc", "DroidSansFallbackFull.ttf", "DroidSansFallback.ttf", "Arial Unicode.ttf"];

    /// <summary>The first font the system has; null where it has none.</summary>
    public static FileInfo? Find()
    {
        var found = Folders.Where(folder => folder.Length > 0 && Directory.Exists(folder))
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.tt?", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }))
            .GroupBy(Path.GetFileName, StringComparer.OrdinalIgnoreCase).ToDictionary(files => files.Key!, files => files.Order(StringComparer.Ordinal).First(), StringComparer.OrdinalIgnoreCase);
        return Names.FirstOrDefault(found.ContainsKey) is { } name ? new FileInfo(found[name]) : null;
    }

    /// <summary>Reads a font.</summary>
    /// <param name="file">A .ttf, or a .ttc whose first face is meant.</param>
    /// <exception cref="InvalidDataException">It is no font with TrueType outlines.</exception>
    public static byte[] Read(FileInfo file)
    {
        var bytes = File.ReadAllBytes(file.FullName);
        try
        {
            var isCollection = Encoding.ASCII.GetString(bytes, 0, 4) == "ttcf";
            var face = isCollection ? (int)BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(HeaderSize)) : 0;
            var tables = TablesOf(bytes, face);
            if (!tables.Exists(table => table.Tag == "glyf")) throw new InvalidDataException($"'{file.FullName}' has no TrueType outlines.");
            return isCollection ? FileOf(bytes, face, tables) : bytes;
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new InvalidDataException($"'{file.FullName}' is no font: it ends too early.", error);
        }
    }

    private static List<(string Tag, int Checksum, int Offset, int Length)> TablesOf(byte[] bytes, int face)
    {
        var count = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(face + 4));
        return [.. Enumerable.Range(0, count).Select(at =>
        {
            var record = bytes.AsSpan(face + HeaderSize + (at * TableRecord), TableRecord);
            return (Encoding.ASCII.GetString(record[..4]), BinaryPrimitives.ReadInt32BigEndian(record[4..]), BinaryPrimitives.ReadInt32BigEndian(record[8..]), BinaryPrimitives.ReadInt32BigEndian(record[12..]));
        })];
    }

    /// <summary>A face as a font file of its own: its header, its records with new places, its tables each from a multiple of four.</summary>
    private static byte[] FileOf(byte[] bytes, int face, List<(string Tag, int Checksum, int Offset, int Length)> tables)
    {
        var at = HeaderSize + (tables.Count * TableRecord);
        var file = new byte[at + tables.Sum(table => Aligned(table.Length))];
        bytes.AsSpan(face, HeaderSize).CopyTo(file);
        for (var i = 0; i < tables.Count; i++)
        {
            var record = file.AsSpan(HeaderSize + (i * TableRecord), TableRecord);
            Encoding.ASCII.GetBytes(tables[i].Tag, record);
            BinaryPrimitives.WriteInt32BigEndian(record[4..], tables[i].Checksum);
            BinaryPrimitives.WriteInt32BigEndian(record[8..], at);
            BinaryPrimitives.WriteInt32BigEndian(record[12..], tables[i].Length);
            bytes.AsSpan(tables[i].Offset, tables[i].Length).CopyTo(file.AsSpan(at));
            at += Aligned(tables[i].Length);
        }

        return file;
    }

    private static int Aligned(int length) => (length + 3) & ~3;
}
