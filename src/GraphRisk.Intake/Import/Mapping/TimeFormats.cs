using System.Collections.Immutable;
using System.Globalization;

namespace GraphRisk.Intake.Import.Mapping;

/// <summary>
/// The ways in which a file writes days and instants: .NET format texts, and <c>epoch-ms</c> for milliseconds since 1970,
/// with an offset behind it (<c>epoch-ms+08:00</c>) where the publisher counted in its own time. Whatever the formats, a number
/// of five digits, with or without a fraction, is a spreadsheet's day: days since 30 December 1899. No format writes a day so.
/// </summary>
public sealed class TimeFormats
{
    private const string Epoch = "epoch-ms";
    private static readonly DateTimeOffset SpreadsheetZero = new(1899, 12, 30, 0, 0, 0, TimeSpan.Zero);

    private readonly ImmutableArray<(string Format, TimeSpan? EpochOffset)> formats;

    /// <param name="formats">Tried in order.</param>
    /// <exception cref="FormatException">An offset behind <c>epoch-ms</c> is none.</exception>
    public TimeFormats(IEnumerable<string> formats) =>
        this.formats = [.. formats.Select(format => (format, EpochOffsetOf(format)))];

    /// <summary>Days as <c>yyyy-MM-dd</c>, instants as ISO 8601 in UTC.</summary>
    public static TimeFormats Iso { get; } = new(["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFF"]);

    /// <summary>The formats, for messages.</summary>
    public override string ToString() => string.Join(" or ", formats.Select(format => format.Format));

    /// <summary>Reads a day; an instant counts as the day it falls on in UTC, or at the publisher's offset.</summary>
    public bool TryDay(ReadOnlySpan<char> text, out DateOnly day)
    {
        foreach (var (format, epoch) in formats)
        {
            if (epoch is { } offset)
            {
                if (!TryEpoch(text, out var instant)) continue;
                day = DateOnly.FromDateTime(instant.ToOffset(offset).DateTime);
                return true;
            }

            if (!DateTimeOffset.TryParseExact(
                text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read)) continue;
            day = DateOnly.FromDateTime(read.UtcDateTime);
            return true;
        }

        var serial = TrySerial(text, out var counted);
        day = DateOnly.FromDateTime(counted.UtcDateTime);
        return serial;
    }

    /// <summary>Reads an instant; a day counts as its start in UTC.</summary>
    public bool TryInstant(ReadOnlySpan<char> text, out DateTimeOffset instant)
    {
        foreach (var (format, epoch) in formats)
        {
            if (epoch is null
                ? DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant)
                : TryEpoch(text, out instant)) return true;
        }

        return TrySerial(text, out instant);
    }

    private static bool TrySerial(ReadOnlySpan<char> text, out DateTimeOffset instant)
    {
        instant = default;
        if (text.Length < 5 || text[..5].ContainsAnyExceptInRange('0', '9') || (text.Length > 5 && text[5] != '.')) return false;
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var days) || days < 10_000) return false;
        instant = SpreadsheetZero.AddMilliseconds((double)Math.Round(days * 86_400_000));
        return true;
    }

    private static bool TryEpoch(ReadOnlySpan<char> text, out DateTimeOffset instant)
    {
        var good = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds is > -62_135_596_800_000 and < 253_402_300_800_000;
        instant = good ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : default;
        return good;
    }

    private static TimeSpan? EpochOffsetOf(string format)
    {
        if (!format.StartsWith(Epoch, StringComparison.Ordinal)) return null;
        var offset = format[Epoch.Length..];
        if (offset.Length == 0) return TimeSpan.Zero;
        var size = TimeSpan.ParseExact(offset[1..], @"hh\:mm", CultureInfo.InvariantCulture);
        return offset[0] == '-' ? -size : size;
    }
}
