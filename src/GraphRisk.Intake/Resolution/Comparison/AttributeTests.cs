using System.Collections.Immutable;
using System.Globalization;
using GraphRisk.Intake.Resolution.Blocking;
using GraphRisk.Intake.Resolution.Records;
using GraphRisk.Matching.Values;

namespace GraphRisk.Intake.Resolution.Comparison;

/// <summary>Evidence in dates, contacts and places.</summary>
internal static class AttributeTests
{
    public static Evidence? SameBeginning(PartyRecord left, PartyRecord right, SharedValues shared)
    {
        foreach (var day in left.Beginnings)
            if (right.Beginnings.Contains(day)) return Days(day, day);
        return null;
    }

    public static Evidence? DifferentBeginning(PartyRecord left, PartyRecord right, SharedValues shared) =>
        !left.Beginnings.IsEmpty && !right.Beginnings.IsEmpty && SameBeginning(left, right, shared) is null
            ? Days(left.Beginnings[0], right.Beginnings[0])
            : null;

    /// <summary>One knows the month and not the day, and it is that of the other.</summary>
    public static Evidence? SameMonth(PartyRecord left, PartyRecord right, SharedValues shared) =>
        InPart(left, right, (part, whole) => part.Month > 0 && whole.Month == part.Month && whole.Year == part.Year);

    /// <summary>One knows the year and no more, and it is that of the other.</summary>
    public static Evidence? SameYear(PartyRecord left, PartyRecord right, SharedValues shared) =>
        InPart(left, right, (part, whole) => part.Month == 0 && whole.Year == part.Year);

    /// <summary>Both know the year, one of them no day, and there is none in common. Asked where no row above found anything: sources that know no day are often a year or two out.</summary>
    public static Evidence? OtherYear(PartyRecord left, PartyRecord right, SharedValues shared) =>
        InPart(left, right, (_, _) => true) is { } days && InPart(left, right, (part, whole) => part.Year == whole.Year) is null ? days : null;

    /// <summary>Looks among days of one record that are known in part, and those of the other that are as well known or better.</summary>
    private static Evidence? InPart(PartyRecord left, PartyRecord right, Func<PartialDay, PartialDay, bool> fits)
    {
        if (left.PartBeginnings.IsEmpty && right.PartBeginnings.IsEmpty) return null;
        foreach (var one in DaysOf(left))
            foreach (var other in DaysOf(right))
            {
                var (part, whole) = Precision(one) <= Precision(other) ? (one, other) : (other, one);
                if (part.Day == 0 && fits(part, whole)) return new Evidence(one.ToString(), other.ToString());
            }

        return null;

        static int Precision(PartialDay day) => (day.Month, day.Day) switch { (0, _) => 0, (_, 0) => 1, _ => 2 };

        static IEnumerable<PartialDay> DaysOf(PartyRecord record) => record.Beginnings.Select(PartialDay.Of).Concat(record.PartBeginnings);
    }

    public static Evidence? SameSex(PartyRecord left, PartyRecord right, SharedValues shared) =>
        left.IsMale is { } one && right.IsMale is { } other && one == other ? new Evidence(Sex(one), Sex(one)) : null;

    public static Evidence? DifferentSex(PartyRecord left, PartyRecord right, SharedValues shared) =>
        left.IsMale is { } one && right.IsMale is { } other && one != other ? new Evidence(Sex(one), Sex(other)) : null;

    public static Evidence? SamePhone(PartyRecord left, PartyRecord right, SharedValues shared)
    {
        foreach (var phone in left.Phones)
            if (right.Phones.Contains(phone) && !shared.IsSuspiciousPhone(left.IsPerson, phone)) return new Evidence(phone, phone);
        return null;
    }

    /// <summary>Both have telephones, and none in common.</summary>
    public static Evidence? DifferentPhone(PartyRecord left, PartyRecord right, SharedValues shared) => Disjoint(left.Phones, right.Phones);

    public static Evidence? SameEmail(PartyRecord left, PartyRecord right, SharedValues shared) => Common(left.Emails, right.Emails);

    public static Evidence? SameAddress(PartyRecord left, PartyRecord right, SharedValues shared) => Common(left.Addresses, right.Addresses);

    /// <summary>Both have addresses, and none in common.</summary>
    public static Evidence? DifferentAddress(PartyRecord left, PartyRecord right, SharedValues shared) => Disjoint(left.Addresses, right.Addresses);

    public static Evidence? SameRegion(PartyRecord left, PartyRecord right, SharedValues shared) => Common(left.Regions, right.Regions);

    public static Evidence? DifferentRegion(PartyRecord left, PartyRecord right, SharedValues shared) => Disjoint(left.Regions, right.Regions);

    private static Evidence? Disjoint(ImmutableArray<string> left, ImmutableArray<string> right) =>
        !left.IsEmpty && !right.IsEmpty && Common(left, right) is null ? new Evidence(left[0], right[0]) : null;

    private static Evidence? Common(ImmutableArray<string> left, ImmutableArray<string> right)
    {
        foreach (var value in left)
            if (right.Contains(value, StringComparer.Ordinal)) return new Evidence(value, value);
        return null;
    }

    private static Evidence Days(DateOnly left, DateOnly right) => new(
        left.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), right.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static string Sex(bool male) => male ? "male" : "female";
}
