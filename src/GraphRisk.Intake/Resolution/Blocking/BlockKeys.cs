using System.Globalization;
using GraphRisk.Intake.Resolution.Records;
using GraphRisk.Matching.Identifiers;

namespace GraphRisk.Intake.Resolution.Blocking;

/// <summary>The blocks a record stands in. A name alone makes none: at a market's scale namesakes are legion.</summary>
public static class BlockKeys
{
    private const int IdHead = 10;
    private const int IdTail = 4;

    /// <summary>The keys of a record, each once; none where it must not be merged.</summary>
    public static HashSet<ulong> Of(PartyRecord record)
    {
        var keys = new HashSet<ulong>();
        if (!record.IsMergeable) return keys;
        foreach (var identifier in record.Identifiers)
            keys.Add(BlockKey.OfIdentifier(record.IsPerson, identifier.Scheme, identifier.Value));
        foreach (var phone in record.Phones) keys.Add(BlockKey.OfPhone(record.IsPerson, phone));
        foreach (var email in record.Emails) keys.Add(BlockKey.Of(BlockKind.Email, record.IsPerson, email));
        foreach (var address in record.Addresses) keys.Add(BlockKey.Of(BlockKind.Address, record.IsPerson, address));
        foreach (var name in record.Names)
            if (!name.IsMasked) keys.Add(BlockKey.OfName(record.IsPerson, name.CoreKey));
        AddNamed(record, keys);
        if (record.IsPerson) AddOfPerson(record, keys);
        return keys;
    }

    /// <summary>Hash of the name records are counted by when a value is looked at for suspicion: one for all orders of its letters.</summary>
    public static ulong NameKeyOf(PartyRecord record) => record.Names.Length > 0 ? record.Names[0].LetterKeys.First() : 0;

    private static void AddNamed(PartyRecord record, HashSet<ulong> keys)
    {
        foreach (var name in record.AllNames)
        {
            if (name.IsMasked) continue;
            var with = name.CoreKey;
            Add(BlockKind.NameBeginning, record.Beginnings.Select(Text));
            Add(BlockKind.NamePhone, record.Phones);
            Add(BlockKind.NameEmail, record.Emails);
            Add(BlockKind.NameAddress, record.Addresses);
            Add(BlockKind.NameRegion, record.Regions.Concat(record.RegionsInName));
            Add(BlockKind.NameIdTail, TailsOf(record));
            Add(BlockKind.NameIdHead, HeadsOf(record));

            void Add(BlockKind kind, IEnumerable<string> values)
            {
                foreach (var value in values) keys.Add(BlockKey.Of(kind, record.IsPerson, value, with));
            }
        }
    }

    private static void AddOfPerson(PartyRecord record, HashSet<ulong> keys)
    {
        foreach (var letters in record.AllNames.Where(name => !name.IsMasked).SelectMany(name => name.LetterKeys))
        {
            foreach (var day in record.Beginnings) keys.Add(BlockKey.Of(BlockKind.LettersBeginning, true, Text(day), letters));
            foreach (var phone in record.Phones) keys.Add(BlockKey.Of(BlockKind.LettersPhone, true, phone, letters));
            foreach (var tail in TailsOf(record)) keys.Add(BlockKey.Of(BlockKind.LettersIdTail, true, tail, letters));
        }

        foreach (var day in record.Beginnings)
        {
            foreach (var phone in record.Phones) keys.Add(BlockKey.Of(BlockKind.PhoneBeginning, true, phone, (ulong)day.DayNumber));
            foreach (var tail in TailsOf(record)) keys.Add(BlockKey.Of(BlockKind.BeginningIdTail, true, tail, (ulong)day.DayNumber));
        }
    }

    /// <summary>Last characters of numbers, which show where a publisher masked the middle.</summary>
    private static IEnumerable<string> TailsOf(PartyRecord record) =>
        NumbersOf(record).Concat(record.MaskedIds).Where(number => number.Length > IdTail)
            .Select(number => number[^IdTail..]).Where(tail => !IdentifierText.IsMasked(tail));

    /// <summary>First characters of whole numbers: finds a slip in the rest.</summary>
    private static IEnumerable<string> HeadsOf(PartyRecord record) =>
        NumbersOf(record).Where(number => number.Length > IdHead).Select(number => number[..IdHead]);

    private static IEnumerable<string> NumbersOf(PartyRecord record) =>
        record.Identifiers.Where(identifier => identifier.Scheme is ResidentIdentity.Scheme or UnifiedSocialCreditCode.Scheme)
            .Select(identifier => identifier.Value);

    private static string Text(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
