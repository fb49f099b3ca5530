using GraphRisk.Matching.Records;

namespace GraphRisk.Matching.Values;

/// <summary>
/// Brings one value as written to the forms in which it is compared, and adds them to a list: usually one, none where it says nothing,
/// several where it may be read in several ways.
/// </summary>
internal delegate void ValueReading(string written, List<string> readings);

/// <summary>How values of each kind are read. What only the column as a whole tells, such as the order of day and month, is learned from its sample.</summary>
internal static class ValueReadings
{
    /// <summary>The reading of a column.</summary>
    /// <param name="kind">What it says.</param>
    /// <param name="scheme">Scheme of its identifiers; null where none is known.</param>
    /// <param name="sample">Values as written.</param>
    /// <param name="all">All distinct values, asked for only where the sample does not do.</param>
    public static ValueReading Of(AttributeKind kind, string? scheme, IReadOnlyCollection<string> sample, IEnumerable<string> all) => kind switch
    {
        AttributeKind.RecordType => One(CodedText.RecordType),
        AttributeKind.Sex => One(CodedText.Sex),
        AttributeKind.GivenName or AttributeKind.Surname or AttributeKind.PersonName or AttributeKind.OrganisationName or AttributeKind.Name => One(PlainText.Name),
        AttributeKind.BirthDate or AttributeKind.Date => new DateReading(sample).Read,
        AttributeKind.Identifier => new RegisteredNumber(scheme, sample, all).Read,
        AttributeKind.Phone => One(new PhoneReading(sample).Read),
        AttributeKind.Email => One(OnlineText.Email),
        AttributeKind.Website => One(OnlineText.Website),
        AttributeKind.Address or AttributeKind.Street => One(AddressText.Read),
        AttributeKind.HouseNumber => One(AddressText.HouseNumber),
        AttributeKind.Postcode => One(AddressText.Postcode),
        AttributeKind.City => One(AddressText.Place),
        AttributeKind.Region => One(RegionNames.Read),
        AttributeKind.Number => One(NumberReading.Find),
        AttributeKind.Category => One(PlainText.Words),
        AttributeKind.Text => One(PlainText.Words),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no reading of this kind."),
    };

    private static ValueReading One(Func<string, string?> read) => (written, readings) =>
    {
        if (!MissingWords.Contains(written) && read(written) is { Length: > 0 } text) readings.Add(text);
    };
}
