using GraphRisk.Intake.Resolution.Records;
using GraphRisk.Matching.Identifiers;
using GraphRisk.Matching.Names;

namespace GraphRisk.Intake.Resolution.Blocking;

/// <summary>
/// The blocks a record stands in. A name alone makes none: at a market's scale namesakes are legion. Asked for every record of a store, so what
/// several keys are made of is made once.
/// </summary>
public static class BlockKeys
{
    private const int IdHead = 10;
    private const int IdTail = 4;

    /// <summary>The keys of a record, each once, ascending; none where it must not be merged.</summary>
    public static ulong[] Of(PartyRecord record)
    {
        var keys = new List<ulong>(32);
        AddTo(keys, record);
        return [.. keys];
    }

    /// <summary>Adds the keys of a record to others, which stay as they are: each once, ascending; none where it must not be merged.</summary>
    public static void AddTo(List<ulong> keys, PartyRecord record)
    {
        if (!record.IsMergeable) return;
        var first = keys.Count;
        foreach (var identifier in record.Identifiers)
            keys.Add(BlockKey.OfIdentifier(record.IsPerson, identifier.Scheme, identifier.Value));
        foreach (var phone in record.Phones) keys.Add(BlockKey.OfPhone(record.IsPerson, phone));
        foreach (var email in record.Emails) keys.Add(BlockKey.Of(BlockKind.Email, record.IsPerson, email));
        foreach (var address in record.Addresses) keys.Add(BlockKey.Of(BlockKind.Address, record.IsPerson, address));
        var tails = TailsOf(record);
        var heads = HeadsOf(record);
        foreach (var name in record.Names)
        {
            if (name.IsMasked) continue;
            keys.Add(BlockKey.OfName(record.IsPerson, name.CoreKey));
            AddNamed(record, name, tails, heads, keys);
        }

        foreach (var name in record.OtherNames)
            if (!name.IsMasked) AddNamed(record, name, tails, heads, keys);
        if (record.IsPerson) AddOfPerson(record, tails, keys);
        SortDistinct(keys, first);
    }

    /// <summary>Hash of the name records are counted by when a value is looked at for suspicion: one for all orders of its letters.</summary>
    public static ulong NameKeyOf(PartyRecord record) => record.Names.Length > 0 ? record.Names[0].LetterKeys.First() : 0;

    private static void AddNamed(PartyRecord record, NormalName name, List<string> tails, List<string> heads, List<ulong> keys)
    {
        var (isPerson, with) = (record.IsPerson, name.CoreKey);
        foreach (var day in record.Beginnings) keys.Add(BlockKey.Of(BlockKind.NameBeginning, isPerson, "", with ^ ((ulong)day.DayNumber << 32)));
        foreach (var phone in record.Phones) keys.Add(BlockKey.Of(BlockKind.NamePhone, isPerson, phone, with));
        foreach (var email in record.Emails) keys.Add(BlockKey.Of(BlockKind.NameEmail, isPerson, email, with));
        foreach (var address in record.Addresses) keys.Add(BlockKey.Of(BlockKind.NameAddress, isPerson, address, with));
        foreach (var region in record.Regions) keys.Add(BlockKey.Of(BlockKind.NameRegion, isPerson, region, with));
        foreach (var region in record.RegionsInName) keys.Add(BlockKey.Of(BlockKind.NameRegion, isPerson, region, with));
        foreach (var tail in tails) keys.Add(BlockKey.Of(BlockKind.NameIdTail, isPerson, tail, with));
        foreach (var head in heads) keys.Add(BlockKey.Of(BlockKind.NameIdHead, isPerson, head, with));
    }

    private static void AddOfPerson(PartyRecord record, List<string> tails, List<ulong> keys)
    {
        if (!record.Beginnings.IsEmpty || !record.Phones.IsEmpty || tails.Count > 0)
            foreach (var name in record.AllNames)
            {
                if (name.IsMasked) continue;
                foreach (var letters in name.LetterKeys)
                {
                    foreach (var day in record.Beginnings) keys.Add(BlockKey.Of(BlockKind.LettersBeginning, true, "", letters ^ ((ulong)day.DayNumber << 32)));
                    foreach (var phone in record.Phones) keys.Add(BlockKey.Of(BlockKind.LettersPhone, true, phone, letters));
                    foreach (var tail in tails) keys.Add(BlockKey.Of(BlockKind.LettersIdTail, true, tail, letters));
                }
            }

        foreach (var day in record.Beginnings)
        {
            foreach (var phone in record.Phones) keys.Add(BlockKey.Of(BlockKind.PhoneBeginning, true, phone, (ulong)day.DayNumber));
            foreach (var tail in tails) keys.Add(BlockKey.Of(BlockKind.BeginningIdTail, true, tail, (ulong)day.DayNumber));
        }
    }

    /// <summary>Last characters of numbers, which show where a publisher masked the middle.</summary>
    private static List<string> TailsOf(PartyRecord record)
    {
        var tails = new List<string>(2);
        foreach (var identifier in record.Identifiers)
            if (IsOfRegister(identifier)) Add(identifier.Value);
        foreach (var number in record.MaskedIds) Add(number);
        return tails;

        void Add(string number)
        {
            if (number.Length > IdTail && number[^IdTail..] is var tail && !IdentifierText.IsMasked(tail)) tails.Add(tail);
        }
    }

    /// <summary>First characters of whole numbers: finds a slip in the rest.</summary>
    private static List<string> HeadsOf(PartyRecord record)
    {
        var heads = new List<string>(1);
        foreach (var identifier in record.Identifiers)
            if (IsOfRegister(identifier) && identifier.Value.Length > IdHead) heads.Add(identifier.Value[..IdHead]);
        return heads;
    }

    private static bool IsOfRegister(IdentifierReading identifier) => identifier.Scheme is ResidentIdentity.Scheme or UnifiedSocialCreditCode.Scheme;

    /// <summary>Puts the keys from one on in ascending order, each once.</summary>
    private static void SortDistinct(List<ulong> keys, int first)
    {
        keys.Sort(first, keys.Count - first, null);
        var count = first;
        for (var i = first; i < keys.Count; i++)
            if (i == first || keys[i] != keys[i - 1]) keys[count++] = keys[i];
        keys.RemoveRange(count, keys.Count - count);
    }
}
