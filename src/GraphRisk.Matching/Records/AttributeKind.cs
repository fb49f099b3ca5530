namespace GraphRisk.Matching.Records;

/// <summary>What a column says of the person, organisation or thing its records are about: decides how values are normalised and compared.</summary>
public enum AttributeKind
{
    /// <summary>Person, organisation or another type; records of two types are never one.</summary>
    RecordType,

    /// <summary>A given name, or several.</summary>
    GivenName,

    /// <summary>A family name.</summary>
    Surname,

    /// <summary>A person's whole name.</summary>
    PersonName,

    /// <summary>A company's or another organisation's name.</summary>
    OrganisationName,

    /// <summary>A name of which it is not known whether a person's or an organisation's.</summary>
    Name,

    /// <summary>Day of birth or foundation, to the day, month or year.</summary>
    BirthDate,

    /// <summary>Another date.</summary>
    Date,

    /// <summary>Sex.</summary>
    Sex,

    /// <summary>A number one register gives to one party: resident identity, social security, credit code, LEI, passport.</summary>
    Identifier,

    /// <summary>A telephone or fax number.</summary>
    Phone,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A web site.</summary>
    Website,

    /// <summary>A whole postal address.</summary>
    Address,

    /// <summary>Number of a house.</summary>
    HouseNumber,

    /// <summary>A street, or a further line of an address.</summary>
    Street,

    /// <summary>A town or suburb.</summary>
    City,

    /// <summary>A postal code.</summary>
    Postcode,

    /// <summary>A state, province or country.</summary>
    Region,

    /// <summary>One of few values.</summary>
    Category,

    /// <summary>A measure.</summary>
    Number,

    /// <summary>Any other text.</summary>
    Text,
}
