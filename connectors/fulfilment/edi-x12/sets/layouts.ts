import { layout, type Place } from './layout.ts'

const PARTY = 'N1*(N2* N3* N4 REF* PER* FOB TD5*)'

/**
 * The transaction sets that are spoken here, after X12 004010 and 005010, wide enough for what partners really send. What
 * has no place goes to the record’s `others`, so that nothing is lost.
 */
export const LAYOUTS: Readonly<Record<string, readonly Place[]>> = {
  '810': layout(
    `BIG NTE* CUR REF* PER* ${PARTY} ITD* DTM* FOB PID* TD5*
     IT1*(CRC QTY* CUR IT3* TXI* CTP* MEA* PID* PO4* REF* PER* SDQ* DTM* SAC* TD5* N1*(N2* N3* N4 REF* PER*))
     TDS TXI* CAD* AMT* SAC*(TXI*) ISS* CTT`,
  ),
  '846': layout(
    `BIA CUR DTM* REF* PER* MSG* N1*(N2* N3* N4 REF* PER*)
     LIN*(PID* MEA* PKG* PO4* DTM* CTP* CUR SAC* REF* PER* MAN* UIT*
       QTY*(UIT* MEA* DTM* LDT* CTP* REF*) SCH* SLN*
       N1*(N2* N3* N4 REF* PER* QTY*(UIT* MEA* DTM* LDT* REF*)))
     CTT`,
  ),
  '850': layout(
    `BEG CUR REF* PER* TAX* FOB* CTP* PAM* CSH* SAC*(CUR) ITD* DIS* INC* DTM* LDT* LIN* SI* PID* MEA* PWK* PKG*
     TD1* TD5* TD3* TD4* MAN* PCT* CTB* TXI* LDT* AMT* MSG* NTE*
     N9*(DTM* MSG* MTX* REF*)
     N1*(N2* N3* N4* NX2* REF* PER* SI* FOB* TD1* TD5* TD3* TD4* PKG* MSG*)
     PO1*(LIN* SI* CUR CN1 PO3* CTP* PAM* MEA* PID* PWK* PO4* REF* PER* SAC* IT8* CSH* ITD* DIS* INC* TAX* FOB*
       SDQ* IT3* DTM* TC2* TD1* TD5* TD3* TD4* PCT* MAN* MSG* SPI* TXI* CTB* QTY* SCH* PKG* LDT* AMT*
       N9*(DTM* MSG* MTX*) SLN*(MSG* PID* PO3* SAC* DTM*)
       N1*(N2* N3* N4* REF* PER* MSG* QTY*))
     CTT AMT*`,
  ),
  '855': layout(
    `BAK CUR REF* PER* TAX* FOB* SAC* ITD* DTM* TD5* TD4* N9*(MSG*) ${PARTY}
     PO1*(CUR PO3* CTP* MEA* PID* PO4* REF* SAC* DTM* TD5* ACK*(DTM*) SCH* N1*(N3* N4))
     CTT AMT*`,
  ),
  '856': layout(
    `BSN DTM*
     HL*(LIN SN1 SLN* PRF* PO4* PID* MEA* PWK* PKG* TD1* TD5* TD3* TD4* TSD* REF* PER* CLD*(REF*) MAN* DTM* FOB* PAL*
       N1*(N2* N3* N4 REF* PER* FOB) SDQ* SAC* CUR)
     CTT`,
  ),
  '940': layout(
    `W05 N1*(N2* N3* N4 PER*) N9* PER* G62* NTE* W09* W66 W6* SAC*
     LX*(MAN* N9* W01*(G69* N9* W20* QTY* MEA* G66* NTE* SAC*))
     W76`,
  ),
  '944': layout(
    `W17 N1*(N2* N3* N4 PER*) N9* G62* NTE* W08* W28* W10*
     LX*(MAN* N9*)
     W07*(G69* N9* QTY* MEA* W20* W13* PAL* MAN* NTE*)
     W14`,
  ),
  '945': layout(
    `W06 N1*(N2* N3* N4 PER*) N9* PER* G62* NTE* W27* W28* W10* W6* MAN* PAL* G72*
     LX*(MAN* PAL* N9* W27* W12*(G69* N9* QTY* MEA* W20* AMT* R4* MAN* PO4* G62* NTE* LS LE))
     W03`,
  ),
  '997': layout('AK1 AK2*(AK3*(AK4*) AK5) AK9'),
  '999': layout('AK1 AK2*(CTX* IK3*(CTX* IK4*(CTX*)) IK5) AK9'),
}

/** GS01 of the groups that sets travel in. */
export const GROUP_CODES: Readonly<Record<string, string>> = {
  '810': 'IN',
  '846': 'IB',
  '850': 'PO',
  '855': 'PR',
  '856': 'SH',
  '940': 'OW',
  '944': 'RE',
  '945': 'SW',
  '997': 'FA',
  '999': 'FA',
}
