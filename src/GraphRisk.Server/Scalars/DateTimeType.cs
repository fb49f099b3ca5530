using System.Globalization;

namespace GraphRisk.Server.Scalars;

/// <summary>Instant, ISO 8601 with offset; written in UTC to the millisecond.</summary>
public sealed class DateTimeType : InstantScalar
{
    public DateTimeType()
    {
        Name = "DateTime";
        Description = "Instant, ISO 8601 with offset, such as 2025-06-30T15:00:00+08:00; written in UTC to the millisecond.";
    }

    internal static string Write(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Reads an instant; one without an offset is refused, because it would mean another instant elsewhere.</summary>
    internal static bool TryRead(string text, out DateTimeOffset instant)
    {
        instant = default;
        var time = text.IndexOf('T', StringComparison.Ordinal);
        return time > 0
            && text.AsSpan(time).IndexOfAny("Zz+-") >= 0
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out instant);
    }

    protected override bool TryParse(string text, out DateTimeOffset instant) => TryRead(text, out instant);
}
