//! Values to and from PostgreSQL's binary form. Which type a column has is the schema's business.

use std::error::Error;

use bytes::BytesMut;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

use crate::{Cell, Value};

/// Types that parameters and columns may have; the parity test holds all statements to it.
pub(crate) const TYPES: [Type; 6] = [Type::INT8, Type::INT4, Type::BOOL, Type::TEXT, Type::VARCHAR, Type::BYTEA];

impl ToSql for Value<'_> {
    fn to_sql(&self, wanted: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match (self, wanted) {
            (Value::Null, _) => Ok(IsNull::Yes),
            (Value::Int(it), &Type::INT8) => it.to_sql(wanted, out),
            (Value::Int(it), &Type::INT4) => i32::try_from(*it)?.to_sql(wanted, out),
            (Value::Bool(it), &Type::BOOL) => it.to_sql(wanted, out),
            (Value::Text(it), &Type::TEXT | &Type::VARCHAR) => it.as_ref().to_sql(wanted, out),
            (Value::Blob(it), &Type::BYTEA) => it.as_ref().to_sql(wanted, out),
            (given, _) => Err(format!("{given:?} is given where {wanted} is wanted").into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl<'r> FromSql<'r> for Cell<'r> {
    fn from_sql(given: &Type, raw: &'r [u8]) -> Result<Cell<'r>, Box<dyn Error + Sync + Send>> {
        Ok(match *given {
            Type::INT8 => Cell::Int(i64::from_sql(given, raw)?),
            Type::INT4 => Cell::Int(i32::from_sql(given, raw)?.into()),
            Type::BOOL => Cell::Bool(bool::from_sql(given, raw)?),
            Type::BYTEA => Cell::Blob(raw),
            _ => Cell::Text(<&str>::from_sql(given, raw)?),
        })
    }

    fn from_sql_null(_: &Type) -> Result<Cell<'r>, Box<dyn Error + Sync + Send>> {
        Ok(Cell::Null)
    }

    fn accepts(given: &Type) -> bool {
        TYPES.contains(given)
    }
}
