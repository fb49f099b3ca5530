using System.IO.Compression;

namespace GraphRisk.Intake.Import.Reading;

/// <summary>
/// Looks a workbook over before it is read. A file of some kilobytes may unpack to gigabytes, and what reads workbooks holds a
/// cell and the table of shared texts whole; so each part is unpacked once, a piece at a time, and held against limits that no
/// workbook of a spreadsheet program reaches. Memory: one buffer.
/// </summary>
internal static class SheetCheck
{
    /// <summary>Longest text between two marks of XML, in bytes. A cell holds 32,767 characters at most.</summary>
    private const int LongestText = 1024 * 1024;

    /// <summary>Bytes of a part that is held whole, as the shared texts are.</summary>
    private const long MostHeld = 256L * 1024 * 1024;

    /// <summary>Bytes of a sheet, which is read piece by piece.</summary>
    private const long MostOfSheet = 8L * 1024 * 1024 * 1024;

    private static readonly byte[] OldKind = [0xD0, 0xCF, 0x11, 0xE0];

    /// <summary>Whether the first bytes are those of a workbook that cannot be read whatever it is called.</summary>
    public static bool IsOldKind(ReadOnlySpan<byte> head) => head.StartsWith(OldKind);

    /// <summary>What to say of a workbook of the old kind.</summary>
    public const string OldKindWords = "is a workbook of the kind before 2007 (.xls), or one with a password, neither of which is read: save it as .xlsx without a password, or as CSV";

    /// <summary>Why a workbook cannot be read; null where nothing speaks against it.</summary>
    public static string? Find(Stream file)
    {
        try
        {
            using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            var buffer = new byte[64 * 1024];
            foreach (var part in archive.Entries.Where(part => part.FullName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || part.FullName.EndsWith(".rels", StringComparison.OrdinalIgnoreCase)))
                if (FindIn(part, buffer) is { } fault) return fault;
            return null;
        }
        catch (InvalidDataException)
        {
            return "is a workbook that was cut off or damaged, so that its parts cannot be unpacked: deliver it again";
        }
    }

    private static string? FindIn(ZipArchiveEntry part, byte[] buffer)
    {
        var isSheet = part.FullName.Contains("/worksheets/", StringComparison.Ordinal);
        var most = isSheet ? MostOfSheet : MostHeld;
        long unpacked = 0, run = 0;
        using var bytes = part.Open();
        for (int read; (read = bytes.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)) > 0;)
        {
            var rest = buffer.AsSpan(0, read);
            if (unpacked == 0 && rest.IndexOf("<!DOCTYPE"u8) >= 0) return $"is a workbook whose part {part.FullName} has a document type, which no spreadsheet program writes and which is not read: save it anew";
            unpacked += read;
            if (unpacked > most) return $"is a workbook whose part {part.FullName} unpacks to more than {most / (1024 * 1024)} MB: divide it, or save it as CSV";
            for (int at; (at = rest.IndexOfAny((byte)'<', (byte)'>')) >= 0; rest = rest[(at + 1)..])
            {
                if (run + at > LongestText) return TooLong(part);
                run = 0;
            }

            run += rest.Length;
            if (run > LongestText) return TooLong(part);
        }

        return null;
    }

    private static string TooLong(ZipArchiveEntry part) =>
        $"is a workbook with a cell of more than {LongestText / 1024} KB in {part.FullName}, where a spreadsheet program writes 32,767 characters at most";
}
