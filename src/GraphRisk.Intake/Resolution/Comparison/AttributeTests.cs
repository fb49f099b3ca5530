using System.Collections.Immutable;
using System.Globalization;
using GraphRisk.Intake.Resolution.Blocking;
using GraphRisk.Intake.Resolution.Records;

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
